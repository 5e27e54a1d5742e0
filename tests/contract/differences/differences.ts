import type { Operation } from "../../../src/api/operations.ts";
import { compareSchemas, type SchemaDifference } from "../compare.ts";
import type { Difference } from "./difference.ts";
import { isRecord, list, nameOf, record } from "../document.ts";
import { operationDifferences, operationsOf } from "./operation_differences.ts";
import { type Holdings, ourDocument } from "../our_document.ts";
import { holdingsOf, versionOf } from "../versions.ts";

/**
 * Every difference between what the package holds of a document's version and an OpenAPI 3.1 document: operations with their
 * method, path, auth, parameters, request, success status and answer; schemas with their fields,
 * types, null, required and values.
 *
 * Left out, because answers are read tolerantly and requests have stricter rules of their own:
 * titles, descriptions, defaults, and what only narrows a type (lengths, patterns, bounds, formats
 * other than `date-time`). An enum that is open here, so that new words pass through, equals the
 * contract's closed one with the same values.
 *
 * @throws {TypeError} if the value is no OpenAPI 3.1 document.
 */
export function differences(document: unknown, holdings: Holdings): Difference[] {
  if (!isRecord(document) || !/^3\.1\./.test(String(document["openapi"]))) {
    throw new TypeError("Cannot compare: expected an OpenAPI 3.1 document");
  }
  const { taken } = versionOf(document);
  const { operations, schemas } = holdingsOf(holdings, taken);
  const ours = ourDocument({ operations, schemas }, taken);
  const theirs = operationsOf(document);
  const found: Difference[] = [];
  for (const operation of Object.values(operations)) {
    const their = theirs.get(keyOf(operation));
    const where = `${operation.method} ${operation.path}`;
    if (their === undefined) {
      found.push({ where, what: "operation is here and not in the contract" });
    } else found.push(...operationDifferences({ operation, their, document, ours }));
  }
  const known = new Set(Object.values(operations).map(keyOf));
  for (const [key, { where }] of theirs) {
    if (!known.has(key)) found.push({ where, what: "operation is in the contract and not here" });
  }
  return [...found, ...schemaDifferences({ document, ours: ours.document, schemas })];
}

/** An operation's method and path, without the names of the path's parameters. */
function keyOf({ method, path }: Operation): string {
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`;
}

function schemaDifferences(
  { document, ours, schemas }: {
    document: Readonly<Record<string, unknown>>;
    ours: unknown;
    schemas: Holdings["schemas"];
  },
): Difference[] {
  const theirs = record(record(document["components"])["schemas"]);
  const converted = record(record(record(ours)["components"])["schemas"]);
  const uses = usesOf(document);
  const found: Difference[] = [];
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(schemas)])) {
    const users = uses.get(name);
    const suffix = users === undefined ? "" : ` (${users.join(", ")})`;
    const add = ({ at, what }: SchemaDifference) =>
      void found.push({ where: `${name}${at}${suffix}`, what });
    if (!Object.hasOwn(schemas, name)) {
      add({ at: "", what: "schema is in the contract and not here" });
    } else if (!Object.hasOwn(theirs, name)) {
      add({ at: "", what: "schema is here and not in the contract" });
    } else {
      compareSchemas(
        { schema: converted[name], document: ours },
        { schema: theirs[name], document },
      ).forEach(add);
    }
  }
  return found;
}

/** Which requests and answers name a schema directly. */
function usesOf(document: Readonly<Record<string, unknown>>): Map<string, string[]> {
  const uses = new Map<string, string[]>();
  for (const { where, node } of operationsOf(document).values()) {
    const answers = Object.entries(record(node["responses"]))
      .filter(([status]) => status.startsWith("2")).map(([, answer]) => answer);
    for (const name of namesIn(node["requestBody"])) note(name, `${where} request`);
    for (const name of answers.flatMap(namesIn)) note(name, `${where} answer`);
  }
  return uses;

  function note(name: string, user: string): void {
    uses.set(name, [...uses.get(name) ?? [], user]);
  }
}

function namesIn(node: unknown): string[] {
  const name = nameOf(node);
  if (name !== undefined) return [name];
  return [...list(node), ...Object.values(record(node))].flatMap(namesIn);
}
