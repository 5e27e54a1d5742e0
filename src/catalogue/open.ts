import { orDispatchErrorLater } from "../core/dispatch_error.ts";
import { showAs } from "../display/render/attach.ts";
import { checkOptions } from "../models/schema/options.ts";
import { isObject } from "../core/objects.ts";
import { describeValue, type Issue, ModelInvalidError } from "../models/schema/issue.ts";
import { CatalogueError } from "./catalogue_error.ts";
import type { IndexData, ServiceFacts } from "./facts.ts";
import { packagedIndex } from "./index/index_data.ts";
import { type CatalogueProblem, readLive } from "./reading/live.ts";
import { type SearchFilter, searchServices } from "./search.ts";
import { getService, type GetServiceOptions, type ServiceContext } from "./get_service.ts";
import type { CatalogueService } from "./service.ts";
import { type CatalogueCache, memoryCache } from "./reading/cache.ts";
import { openSource } from "./reading/source.ts";
import { catalogueView, servicesView } from "./views/list.ts";

/** How a catalogue is opened. */
export interface CatalogueOptions {
  /**
   * Where it is read from: the index in the package, the live repository, the address of a copy of it (with its list
   * of files as `tree.json` in GitHub's words), or a folder that holds a clone.
   *
   * @default {"index"}
   */
  readonly source?: "index" | "github" | URL | string | undefined;
  /**
   * Endpoints as the Dispatch service has them configured, by those of the catalogue.
   *
   * @default {{}}
   */
  readonly endpoints?: Readonly<Record<string, string>> | undefined;
  /**
   * What keeps documents from one reading to the next: a folder, or something of your own.
   *
   * @default what was read while the program runs
   */
  readonly cache?: CatalogueCache | string | undefined;
  /**
   * Where benchmarks are told.
   *
   * @default {"https://algorithm-catalogue.apex.esa.int"}
   */
  readonly website?: string | undefined;
  /**
   * What sends requests.
   *
   * @default {globalThis.fetch}
   */
  readonly fetch?: typeof fetch | undefined;
  /**
   * The time in milliseconds since 1970, for tests.
   *
   * @default {Date.now}
   */
  readonly now?: (() => number) | undefined;
  /** Gives up at once when it aborts. @default none */
  readonly signal?: AbortSignal | undefined;
}

/** The APEx Algorithm Services Catalogue: the services that there are, and how to ask for a job of one. */
export interface Catalogue {
  /** How many services there are. */
  readonly size: number;
  /** What it is: where it was read from, the revision, and the day or month it is of. */
  readonly about: {
    readonly source: string;
    readonly commit: string | null;
    readonly date: string;
  };
  /** What could not be read; the rest is served. */
  readonly problems: readonly CatalogueProblem[];
  /** What is worth knowing, such as that GitHub's limit stood in the way of a fresh reading. */
  readonly notes: readonly string[];
  /**
   * The services that fit, best first, as a list that shows itself as a table: by id, title, provider, platform,
   * keywords and names of parameters. Slips are forgiven. Nothing is sent.
   */
  search(words?: string, filter?: SearchFilter): Promise<readonly ServiceFacts[]>;
  /**
   * One service with its live record and process definition; where they cannot be read, with what the index knows.
   *
   * @throws {CatalogueError} if there is none of that id; the nearest one is named.
   */
  get(id: string, options?: GetServiceOptions): Promise<CatalogueService>;
  /** The same catalogue, read anew from the live repository. */
  refresh(options?: { readonly signal?: AbortSignal | undefined }): Promise<Catalogue>;
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/**
 * Opens a catalogue: the index in the package at once and without any permission, or a live one.
 *
 * @example A catalogue in the sandbox, from search to request
 * ```ts
 * import { openCatalogue } from "@apex-dispatch/client/catalogue";
 * import { assertEquals } from "@std/assert";
 *
 * const catalogue = await openCatalogue();
 * const [service] = await catalogue.search("ndvi", { runs: true });
 * assertEquals(service?.id, "max_ndvi_composite");
 * ```
 *
 * @throws {CatalogueError} if it cannot be read.
 */
export async function openCatalogue(options: CatalogueOptions = {}): Promise<Catalogue> {
  return await orDispatchErrorLater("Cannot open the catalogue", options, () => opened(options));
}

async function opened(options: CatalogueOptions): Promise<Catalogue> {
  checkOptions("Cannot open the catalogue", options, {
    source: "any",
    endpoints: "object",
    cache: "any",
    website: "string",
    fetch: "function",
    now: "function",
    signal: "signal",
  });
  const { source = "index", cache, signal } = options;
  const issues: Issue[] = [];
  if (typeof source !== "string" && !(source instanceof URL)) {
    issues.push({
      path: "source",
      message: `expected "index", "github", an address or a folder, got ${describeValue(source)}`,
    });
  }
  if (cache !== undefined && typeof cache !== "string" && !isCache(cache)) {
    issues.push({
      path: "cache",
      message: `expected a folder, or an object with get and set, got ${describeValue(cache)}`,
    });
  }
  if (issues.length > 0) throw new ModelInvalidError("Cannot open the catalogue", { issues });
  if (source === "index") return indexCatalogue(options);
  return await liveCatalogue(source, options, { signal });
}

function isCache(value: unknown): boolean {
  return isObject(value) && typeof value["get"] === "function" &&
    typeof value["set"] === "function";
}

/** The catalogue over the index in the package, which is read at the first question. */
export function indexCatalogue(
  given: CatalogueOptions = {},
  notes: readonly string[] = [],
): Catalogue {
  const options = withCache(given);
  let held: IndexData | undefined;
  const data = () => held ??= packagedIndex();
  return makeCatalogue({
    data,
    problems: [],
    notes,
    options,
    source: openSource("github", options),
  });
}

async function liveCatalogue(
  where: URL | string,
  given: CatalogueOptions,
  { signal, before }: {
    readonly signal?: AbortSignal | undefined;
    readonly before?: CatalogueParts | undefined;
  },
): Promise<Catalogue> {
  const options = withCache(given);
  const source = openSource(where, options);
  const date = new Date((options.now ?? Date.now)()).toISOString().slice(0, 10);
  try {
    const { data, problems } = await readLive(source, { date, signal });
    return makeCatalogue({ data: () => data, problems, notes: [], options, source });
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    const index = packagedIndex();
    if (error.reason !== "limit") {
      const hint = `openCatalogue() without a source has the ${
        fromWords(index)
      }, which needs no network`;
      const { message, reason, cause } = error;
      throw new CatalogueError(`${message}\n  What to do: ${hint}`, {
        reason,
        hint,
        ...(cause === undefined ? {} : { cause }),
      });
    }
    const limited = "GitHub answers no more questions this hour";
    // What was read before is newer than the index.
    return before === undefined
      ? indexCatalogue(options, [`${limited}: this is the ${fromWords(index)}`])
      : makeCatalogue({
        ...before,
        notes: [`${limited}: this is what was read on ${dayWords(before.data().date)}`],
      });
  }
}

/** The same cache for every reading: what has not changed is not sent again. */
function withCache(options: CatalogueOptions): CatalogueOptions {
  return { ...options, cache: options.cache ?? memoryCache() };
}

/** What a catalogue is made of. */
interface CatalogueParts extends ServiceContext {
  readonly problems: readonly CatalogueProblem[];
  readonly notes: readonly string[];
  readonly options: CatalogueOptions;
}

function makeCatalogue(parts: CatalogueParts): Catalogue {
  const { data, problems, notes, options } = parts;
  const catalogue: Catalogue = {
    get size() {
      return data().services.length;
    },
    get about() {
      const { source, commit, date } = data();
      return { source, commit, date };
    },
    problems,
    notes,
    search: (words = "", filter = {}) =>
      orDispatchErrorLater("Cannot search the catalogue", filter, () => {
        checkOptions("Cannot search the catalogue", filter, {
          provider: "string",
          platform: "string",
          format: "string",
          runs: "boolean",
        });
        if (typeof words !== "string") {
          const advice = isObject(words) ? ': write search("", { … }) to filter alone' : "";
          throw new ModelInvalidError("Cannot search the catalogue", {
            issues: [{
              path: "words",
              message: `expected text, got ${describeValue(words)}${advice}`,
            }],
          });
        }
        const { services, providers, platforms } = data();
        const found = searchServices(services, words, filter, { providers, platforms });
        const context = { providers, platforms, from: fromWords(data()), notes };
        return showAs(found, (value) => servicesView(value, context));
      }),
    get: (id, more = {}) =>
      orDispatchErrorLater("Cannot get the service", more, () => getService(id, parts, more)),
    refresh: (more = {}) =>
      orDispatchErrorLater("Cannot refresh the catalogue", more, () => {
        checkOptions("Cannot refresh the catalogue", more, { signal: "signal" });
        const { source = "index" } = options;
        return liveCatalogue(source === "index" ? "github" : source, options, {
          signal: more.signal,
          before: data().source === "index" ? undefined : parts,
        });
      }),
  };
  return showAs(
    catalogue,
    ({ about }) => catalogueView(data().services, fromWords({ ...about }), problems, notes),
  );
}

function fromWords({ source, date }: Pick<IndexData, "source" | "date">): string {
  const when = dayWords(date);
  return source === "index" ? `index of ${when}` : `${source}, ${when}`;
}

/** A day or a month as people write it: `25 November 2026`, `August 2026`. */
function dayWords(date: string): string {
  const [year, month, day] = date.split("-");
  const name = MONTHS[Number(month) - 1] ?? "";
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}
