import { quote } from "../core/text.ts";
import { didYouMean } from "../core/nearest.ts";
import type { Parameter, ParamRequest } from "../models/parameters.ts";
import { describeValue, ModelInvalidError } from "../models/schema/issue.ts";
import { checkOptions } from "../models/schema/options.ts";
import { CatalogueError } from "./catalogue_error.ts";
import { checkParameters } from "./checking/check.ts";
import type { IndexData, ServiceFacts } from "./facts.ts";
import { type CatalogueParameter, readDefinition } from "./reading/definition.ts";
import { exampleIn, fromFacts, fromParameters } from "./reading/scenario.ts";
import { recordPath } from "./reading/live.ts";
import { readRecord, type ServiceRecord, withoutSlashes } from "./reading/record.ts";
import type { CatalogueSource } from "./reading/source.ts";
import { type CatalogueService, catalogueService } from "./service.ts";

/** What can tell the parameters of a service: a client does. */
export interface ParameterSource {
  /** The jobs of the client. */
  readonly unitJobs: {
    /** The parameters that a service takes. */
    parameters(
      request: ParamRequest,
      options?: { readonly signal?: AbortSignal | undefined },
    ): PromiseLike<readonly Parameter[]>;
  };
}

/** How one service is asked for. */
export interface GetServiceOptions {
  /** A client that asks the platform for the parameters of an OGC API process. @default none */
  readonly client?: ParameterSource | undefined;
  /** Gives up at once when it aborts. @default none */
  readonly signal?: AbortSignal | undefined;
}

/** What a service is read from. */
export interface ServiceContext {
  /** What the catalogue knows of all of them. */
  readonly data: () => IndexData;
  /** Where the live documents are. */
  readonly source: CatalogueSource;
  /** What the catalogue was opened with. */
  readonly options: {
    readonly endpoints?: Readonly<Record<string, string>> | undefined;
    readonly website?: string | undefined;
    readonly fetch?: typeof fetch | undefined;
    readonly now?: (() => number) | undefined;
  };
}

const WEBSITE = "https://algorithm-catalogue.apex.esa.int";

/** One service with its live record and process definition; where they cannot be read, with what the index knows. */
export async function getService(
  id: string,
  { data, options, source }: ServiceContext,
  more: GetServiceOptions,
): Promise<CatalogueService> {
  checkOptions<GetServiceOptions>("Cannot get a service from the catalogue", more, {
    client: "object",
    signal: "signal",
  });
  const { client, signal } = more;
  if (client !== undefined && typeof client.unitJobs?.parameters !== "function") {
    throw new ModelInvalidError("Cannot get a service from the catalogue", {
      issues: [{
        path: "client",
        message: `expected a client that can sign in, got ${describeValue(client)}`,
      }],
    });
  }
  const { services, providers, platforms, date } = data();
  const facts = services.find((service) => service.id === id);
  if (facts === undefined) {
    throw new CatalogueError(
      `Cannot get ${quote(String(id), 80)} from the catalogue: there is no such service${
        didYouMean(String(id), services.map((service) => service.id))
      }\n  What to do: catalogue.search("…") finds services by words`,
      { reason: "unknown-service" },
    );
  }
  const remarks: string[] = [];
  const attempt = async <T>(what: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      signal?.throwIfAborted();
      const [reason = ""] = error instanceof Error ? error.message.split("\n") : [];
      remarks.push(`${what} could not be read (${reason.replace(/^Cannot .*?: /, "")})`);
      return undefined;
    }
  };
  const path = facts.record ?? recordPath(facts);
  const folder = path.slice(0, path.indexOf("/records/"));
  const [record, parameters, scenario] = await Promise.all([
    attempt(
      "Its record",
      async () => recordOf(await source.read({ path }, signal), folder),
    ),
    parametersOf(facts, { source, client, endpoint: endpointOf(facts, options), signal, attempt }),
    facts.scenario === undefined
      ? undefined
      : attempt("Its tested request", () =>
        source.read({ path: `${folder}/${facts.scenario}` }, signal)),
  ]);
  const current = record?.facts ?? facts;
  const known = parameters.known ??
    (facts.parameters === undefined ? undefined : fromFacts(facts.parameters));
  if (parameters.known === undefined && known !== undefined) {
    remarks.push(`Parameters are known by name and kind alone, as of ${date}`);
  }
  const obstacle = parameters.obstacle ?? current.obstacle ?? facts.obstacle;
  const tested = scenario === undefined ? undefined : exampleIn(scenario, current);
  const example = tested === undefined || known === undefined || fits(tested, known, facts)
    ? tested
    : undefined;
  if (tested !== undefined && example === undefined) {
    remarks.push(
      "Its benchmark calls it with parameters that its definition does not take: it is no example",
    );
  }
  return catalogueService({
    facts: { ...current, ...(obstacle === undefined ? {} : { obstacle }) },
    providerName: providers[facts.provider] ?? facts.provider,
    platformName: platforms[facts.platform] ?? facts.platform,
    endpoint: endpointOf(current, options),
    description: record?.description ?? "",
    links: record?.links ?? [],
    parameters: known,
    example,
    remarks,
    website: withoutSlashes(options.website ?? WEBSITE),
    fetch: options.fetch ?? fetch,
    now: options.now ?? Date.now,
  });
}

/** Whether every argument is one that a service takes, and none that it needs is missing. */
function fits(
  given: Readonly<Record<string, unknown>>,
  parameters: readonly CatalogueParameter[],
  { label }: ServiceFacts,
): boolean {
  const service = { parameters, label, obstacle: undefined, price: undefined, limits: [] };
  return checkParameters(given, service).ok;
}

function endpointOf(
  { endpoint }: ServiceFacts,
  { endpoints = {} }: ServiceContext["options"],
): string {
  const [, configured] =
    Object.entries(endpoints).find(([from]) => withoutSlashes(from) === endpoint) ?? [];
  return configured ?? endpoint;
}

function recordOf(value: unknown, folder: string): ServiceRecord {
  const reading = readRecord(value, `${folder}/records/`);
  if (reading.ok) return reading.record;
  throw new CatalogueError(reading.reason, { reason: "invalid" });
}

interface ParametersContext {
  readonly source: CatalogueSource;
  readonly client: ParameterSource | undefined;
  readonly endpoint: string;
  readonly signal: AbortSignal | undefined;
  readonly attempt: <T>(what: string, read: () => Promise<T>) => Promise<T | undefined>;
}

/** The parameters of an openEO service from its process definition, of an OGC API process from the platform. */
async function parametersOf(
  { label, namespace, application }: ServiceFacts,
  { source, client, endpoint, signal, attempt }: ParametersContext,
): Promise<{ known: readonly CatalogueParameter[] | undefined; obstacle?: string | undefined }> {
  if (label === "openeo") {
    const definition = await attempt("Its process definition", async () => {
      const reading = readDefinition(await source.readAddress(application, signal));
      if (!reading.ok) throw new CatalogueError(reading.reason, { reason: "invalid" });
      return reading.definition;
    });
    return { known: definition?.parameters, obstacle: definition?.obstacle };
  }
  if (client === undefined) return { known: undefined };
  const service = { endpoint, application, ...(namespace === undefined ? {} : { namespace }) };
  const known = await attempt(
    "Its parameters",
    async () => fromParameters(await client.unitJobs.parameters({ label, service }, { signal })),
  );
  return { known };
}
