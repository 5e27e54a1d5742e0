import * as z from "zod/mini";
import type { Operation } from "../../src/api/operations.ts";
import { SERVICE_VERSIONS, type ServiceVersion } from "../../src/models/schema/kinds.ts";
import { isRecord, list, record } from "./document.ts";
import type { Holdings } from "./our_document.ts";

/** The newest version of the service that the package knows. */
export const NEWEST: ServiceVersion = "development";

/** The version that a document says it is of, and the one that it is held to. */
export interface DocumentVersion {
  /** The version it says. */
  readonly said: string | undefined;
  /** The known version that it is held to. */
  readonly taken: ServiceVersion;
}

/**
 * Which known version a document is held to: the last one that is not newer than it. What is newer than every
 * release that is known, or says no number (`development`, or nothing at all), is held to the newest.
 */
export function versionOf(document: unknown): DocumentVersion {
  const { version } = record(record(document)["info"]);
  const said = typeof version === "string" && version.trim() !== "" ? version.trim() : undefined;
  const number = numberOf(said ?? "");
  if (number === undefined) return { said, taken: NEWEST };
  const releases = SERVICE_VERSIONS.filter((known) => numberOf(known) !== undefined);
  const last = releases.at(-1);
  if (last !== undefined && compare(number, numberOf(last) ?? []) > 0) {
    return { said, taken: NEWEST };
  }
  const notNewer = releases.filter((known) => compare(numberOf(known) ?? [], number) <= 0);
  return { said, taken: notNewer.at(-1) ?? SERVICE_VERSIONS[0] };
}

function numberOf(version: string): readonly number[] | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:[-+.].*)?$/.exec(version);
  return match === null ? undefined : match.slice(1, 4).map((part) => Number(part ?? 0));
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, part] of a.entries()) {
    const difference = part - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether something that came with one version is there in another. */
function isIn(since: unknown, version: ServiceVersion): boolean {
  const at = SERVICE_VERSIONS.findIndex((known) => known === since);
  return at <= SERVICE_VERSIONS.indexOf(version);
}

/** What of the package's operations and schemas a version of the service has. */
export function holdingsOf({ operations, schemas }: Holdings, version: ServiceVersion): Holdings {
  return {
    operations: Object.fromEntries(
      Object.entries(operations).filter(([, { since }]: [string, Operation]) =>
        isIn(since, version)
      ),
    ),
    schemas: Object.fromEntries(
      Object.entries(schemas).filter(([, schema]) => isIn(saidOf(schema)["since"], version)),
    ),
  };
}

function saidOf(schema: Holdings["schemas"][string]): Readonly<Record<string, unknown>> {
  return record(z.globalRegistry.get(schema));
}

/** JSON Schemas without the fields and words that came after a version. */
export function asOf(version: ServiceVersion, node: unknown): unknown {
  return visit(node, {});

  function visit(node: unknown, above: Readonly<Record<string, unknown>>): unknown {
    if (Array.isArray(node)) return node.map((part) => visit(part, above));
    if (!isRecord(node)) return node;
    const words = { ...above, ...record(node["wordsSince"]) };
    const schema: Record<string, unknown> = {};
    for (const [key, part] of Object.entries(node)) {
      if (key === "since" || key === "wordsSince") continue;
      if (key === "properties") schema[key] = fieldsOf(part);
      else if (key === "enum") {
        schema[key] = list(part).filter((word) => isIn(words[String(word)], version));
      } else if (key === "required") {
        schema[key] = list(part).filter((name) => isThere(record(node["properties"]), name));
      } else schema[key] = visit(part, key === "anyOf" ? words : {});
    }
    return schema;
  }

  function fieldsOf(properties: unknown): unknown {
    const fields = record(properties);
    return Object.fromEntries(
      Object.keys(fields).filter((name) => isThere(fields, name))
        .map((name) => [name, visit(fields[name], {})]),
    );
  }

  function isThere(fields: Readonly<Record<string, unknown>>, name: unknown): boolean {
    return isIn(record(fields[String(name)])["since"], version);
  }
}
