/**
 * The [APEx Algorithm Services Catalogue](https://algorithm-catalogue.apex.esa.int): find a service, see what it takes
 * and costs, check parameters before a job is paid for, and make the request of a job.
 *
 * Searching needs neither network nor permission: the package carries an index of facts. What a service takes is read
 * live from the catalogue's repository (`--allow-net=raw.githubusercontent.com`); without it, the index says names and
 * kinds.
 *
 * @example From words to a service
 * ```ts
 * import { catalogue } from "@apex-dispatch/client/catalogue";
 * import { assertEquals } from "@std/assert";
 *
 * const found = await catalogue.search("ndiv"); // slips are forgiven
 * assertEquals(found[0]?.id, "max_ndvi_composite");
 * ```
 *
 * @module
 */
import "../runtime.ts";
import { type Catalogue, indexCatalogue } from "./open.ts";

/**
 * The catalogue as the package carries it: `search` answers at once, `get` reads one service live, `refresh` all of
 * them.
 *
 * @example
 * ```ts
 * import { catalogue } from "@apex-dispatch/client/catalogue";
 * import { assert } from "@std/assert";
 *
 * const services = await catalogue.search("", { platform: "cdse", format: "netcdf" });
 * assert(services.every(({ formats }) => formats.includes("netCDF")));
 * ```
 */
export const catalogue: Catalogue = indexCatalogue();

export { type BenchmarkRun, type Benchmarks } from "./reading/benchmarks.ts";
export {
  CatalogueError,
  type CatalogueErrorOptions,
  type CatalogueFailure,
} from "./catalogue_error.ts";
export type { ServiceCheck } from "./checking/check.ts";
export type { CostEstimate } from "../models/cost.ts";
export type { CatalogueParameter } from "./reading/definition.ts";
export type { ValueSchema } from "./reading/value_schema.ts";
export type { ParameterFacts, ParameterKind, Price, Runs, ServiceFacts } from "./facts.ts";
export type { GetServiceOptions, ParameterSource } from "./get_service.ts";
export type { CatalogueProblem } from "./reading/live.ts";
export { type Catalogue, type CatalogueOptions, openCatalogue } from "./open.ts";
export type { RecordLink } from "./reading/record.ts";
export type { SearchFilter } from "./search.ts";
export type {
  BenchmarksOptions,
  CatalogueService,
  CheckOptions,
  ServiceRequest,
} from "./service.ts";
export type { CatalogueCache } from "./reading/cache.ts";
