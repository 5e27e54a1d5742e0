import { CatalogueError } from "../catalogue_error.ts";
import { readDefinition } from "./definition.ts";
import type { IndexData, ServiceFacts } from "../facts.ts";
import { readRecord } from "./record.ts";
import type { CatalogueSource, ListedFile, Listing } from "./source.ts";

/** A document that could not be read, and why. */
export interface CatalogueProblem {
  /** Where it lies. */
  readonly path: string;
  /** Why it could not be read. */
  readonly reason: string;
}

/** A catalogue as it was read, with what could not be. */
export interface LiveCatalogue {
  /** What there is. */
  readonly data: IndexData;
  /** What could not be read. */
  readonly problems: readonly CatalogueProblem[];
}

/** How a catalogue is read. */
export interface ReadLiveOptions {
  /** The day that it is of, such as `2026-08-31`. */
  readonly date: string;
  /** Gives up at once when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** The most documents that are asked for at once. */
const AT_ONCE = 6;

const RECORD = /^algorithm_catalog\/([^/]+)\/([^/]+)\/records\/([^/]+)\.json$/;
const PROVIDER = /^algorithm_catalog\/([^/]+)\/record\.json$/;
const PLATFORM = /^platform_catalog\/([^/]+)\.json$/;
const SCENARIO = /^algorithm_catalog\/[^/]+\/[^/]+\/(benchmark[-_]scenarios?\/[^/]+\.json)$/;

/**
 * Reads a whole catalogue: the records of its services with the names and kinds of their parameters, the names of
 * providers and platforms, and which services have benchmark scenarios. What cannot be read is named, and the rest
 * served; a record that is private is left out.
 */
export async function readLive(
  source: CatalogueSource,
  { date, signal }: ReadLiveOptions,
): Promise<LiveCatalogue> {
  const listing = await source.list(signal);
  const problems: CatalogueProblem[] = [];
  const attempt = async (file: ListedFile): Promise<unknown> => {
    try {
      return await source.read(file, signal);
    } catch (error) {
      signal?.throwIfAborted();
      // The limit of questions ends all of it: the next document would fail as well.
      if (error instanceof CatalogueError && error.reason === "limit") throw error;
      problems.push({ path: file.path, reason: reasonOf(error) });
      return undefined;
    }
  };
  const named = async (pattern: RegExp) => {
    const files = listing.files.filter(({ path }) => pattern.test(path));
    const names = await inTurns(files, async (file) => {
      const title = titleOf(await attempt(file));
      const [, key = ""] = pattern.exec(file.path) ?? [];
      return title === undefined ? [] : [[key, title] as const];
    });
    return Object.fromEntries(names.flat());
  };
  const providers = await named(PROVIDER);
  const platforms = await named(PLATFORM);
  const records = listing.files.filter(({ path }) => RECORD.test(path));
  if (records.length === 0) {
    throw new CatalogueError(
      `Cannot read the catalogue: ${source.name} holds no records at ` +
        "algorithm_catalog/<provider>/<service>/records/<service>.json: give the folder or address of a whole clone",
      { reason: "invalid" },
    );
  }
  const services = (await inTurns(records, async (file): Promise<ServiceFacts[]> => {
    const value = await attempt(file);
    if (value === undefined) return [];
    const reading = readRecord(value, file.path);
    if (!reading.ok) {
      problems.push({ path: file.path, reason: reading.reason });
      return [];
    }
    if (reading.record.hidden) return [];
    const facts = await withParameters(reading.record.facts, source, problems, signal);
    const scenario = await scenarioOf(file.path, listing, attempt);
    return [{
      ...facts,
      ...(file.path === recordPath(facts) ? {} : { record: file.path }),
      ...(scenario === undefined ? {} : { scenario }),
    }];
  })).flat();
  const seen = new Map<string, ServiceFacts>();
  for (const facts of services) {
    const { id } = facts;
    const first = seen.get(id);
    if (first === undefined) seen.set(id, facts);
    else {
      problems.push({
        path: facts.record ?? recordPath(facts),
        reason: `${first.record ?? recordPath(first)} has the same id`,
      });
    }
  }
  return {
    data: {
      source: source.name,
      commit: listing.revision ?? null,
      date,
      providers,
      platforms,
      services: [...seen.values()].sort((a, b) => a.id < b.id ? -1 : 1),
    },
    // Several services can have one definition.
    problems: problems.filter(({ path }, at) =>
      problems.findIndex((other) => other.path === path) === at
    ),
  };
}

/** Where the record of a service lies, as the catalogue has it. */
export function recordPath({ provider, id }: Pick<ServiceFacts, "provider" | "id">): string {
  return `algorithm_catalog/${provider}/${id}/records/${id}.json`;
}

/** The facts with the parameters of the process definition, where it can be read. */
async function withParameters(
  facts: ServiceFacts,
  source: CatalogueSource,
  problems: CatalogueProblem[],
  signal: AbortSignal | undefined,
): Promise<ServiceFacts> {
  if (facts.label !== "openeo") return facts;
  try {
    const reading = readDefinition(await source.readAddress(facts.application, signal));
    if (reading.ok) {
      const { parameters, obstacle } = reading.definition;
      return {
        ...facts,
        parameters: parameters.map(({ name, kinds, needed }) => ({ name, kinds, needed })),
        ...(obstacle === undefined ? {} : { obstacle }),
      };
    }
    problems.push({ path: facts.application, reason: reading.reason });
  } catch (error) {
    signal?.throwIfAborted();
    problems.push({ path: facts.application, reason: reasonOf(error) });
  }
  return facts;
}

/** The benchmark scenario of a record that can be read, below its own folder. */
async function scenarioOf(
  path: string,
  { files }: Listing,
  attempt: (file: ListedFile) => Promise<unknown>,
): Promise<string | undefined> {
  const folder = path.slice(0, path.indexOf("/records/") + 1);
  for (const file of files) {
    const [, scenario] = file.path.startsWith(folder) ? SCENARIO.exec(file.path) ?? [] : [];
    if (scenario !== undefined && await attempt(file) !== undefined) return scenario;
  }
  return undefined;
}

/** Does something for each of many, a few at once; the results are in the order of what there was to do. */
async function inTurns<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = all.entries();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const [index, one] of waiting) results[index] = await run(one);
  }));
  return results;
}

function titleOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("properties" in value)) return undefined;
  const { properties } = value;
  return typeof properties === "object" && properties !== null && "title" in properties &&
      typeof properties.title === "string"
    ? properties.title.slice(0, 200).toWellFormed()
    : undefined;
}

/** Why a document could not be read, without what was asked. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return "it is malformed, not JSON";
  if (error instanceof CatalogueError) return error.message.replace(/^Cannot read .*?: /, "");
  return error instanceof Error && "code" in error && error.code === "ENOENT"
    ? "there is no such file"
    : "it cannot be read";
}
