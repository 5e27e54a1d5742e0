import type { Operation } from "../../../src/api/operations.ts";
import { compareSchemas, describe } from "../compare.ts";
import type { Difference } from "./difference.ts";
import { follow, isRecord, list, nameOf, record } from "../document.ts";
import type { OurDocument } from "../our_document.ts";
import { shapesOf } from "../shapes.ts";

/** An operation of the contract. */
export interface TheirOperation {
  /** Its method and path, as a line names it. */
  readonly where: string;
  /** The operation object. */
  readonly node: Readonly<Record<string, unknown>>;
  /** Its parameters, those of the whole path included, references followed. */
  readonly parameters: readonly Readonly<Record<string, unknown>>[];
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The operations of a document by method and path, without the names of the path's parameters. */
export function operationsOf(
  document: Readonly<Record<string, unknown>>,
): Map<string, TheirOperation> {
  const operations = new Map<string, TheirOperation>();
  for (const [path, item] of Object.entries(record(document["paths"]))) {
    for (const [name, node] of Object.entries(record(item))) {
      if (!METHODS.includes(name)) continue;
      const method = name.toUpperCase();
      const shared = list(record(item)["parameters"]), own = list(record(node)["parameters"]);
      operations.set(`${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`, {
        where: `${method} ${path}`,
        node: record(node),
        parameters: [...shared, ...own].map((parameter) => record(resolve(parameter, document))),
      });
    }
  }
  return operations;
}

/** What {@linkcode operationDifferences} compares. */
interface Comparison {
  readonly operation: Operation;
  readonly their: TheirOperation;
  readonly document: Readonly<Record<string, unknown>>;
  readonly ours: OurDocument;
}

/** How one operation differs from the contract's, save in the schemas that both call by the same name. */
export function operationDifferences(comparison: Comparison): Difference[] {
  const { where } = comparison.their;
  return [
    ...authDifferences(comparison).map((what) => ({ where, what })),
    ...parameterDifferences(comparison),
    ...requestDifferences(comparison),
    ...statusDifferences(comparison).map((what) => ({ where, what })),
    ...answerDifferences(comparison),
  ];
}

function authDifferences({ operation, their, document }: Comparison): string[] {
  const security = list(their.node["security"] ?? document["security"]).map(record);
  if (security.length === 0) {
    return operation.auth ? ["needs a token here and not in the contract"] : [];
  }
  if (!operation.auth) return ["needs a token in the contract and not here"];
  if (security.some((choice) => Object.keys(choice).length === 0)) {
    return ["needs a token here and can do without in the contract"];
  }
  const schemes = record(record(document["components"])["securitySchemes"]);
  return [...new Set(security.flatMap(Object.keys))].flatMap((name) => {
    const { type, scheme } = record(resolve(schemes[name], document));
    const bearer = type === "oauth2" || type === "openIdConnect" ||
      (type === "http" && String(scheme).toLowerCase() === "bearer");
    return bearer ? [] : [`needs "${name}" in the contract, which is no bearer token`];
  });
}

function parameterDifferences({ operation, their, document, ours }: Comparison): Difference[] {
  const { where } = their;
  const found: Difference[] = [];
  const add = (what: string) => void found.push({ where, what });
  const query = new Map(Object.entries(operation.query ?? {}));
  const path = new Set([...operation.path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name));
  for (const parameter of their.parameters) {
    const name = String(parameter["name"]), place = parameter["in"];
    const shapes = shapesOf(parameter["schema"] ?? true, document);
    const [shape] = shapes;
    const item = query.get(name);
    if (place === "path" && path.delete(name)) {
      if (shapes.length !== 1 || shape?.kind !== "integer") {
        add(`path parameter "${name}" is ${describe(shapes)} in the contract and integer here`);
      }
    } else if (place === "query" && item !== undefined) {
      query.delete(name);
      if (parameter["required"] === true) {
        add(`query parameter "${name}" is required in the contract and optional here`);
      }
      // A query cannot say null: the parameter is left out.
      const notNull = withoutNull(parameter["schema"]);
      for (
        const { at, what } of compareSchemas(
          { schema: resolve(ours.refer(item), ours.document), document: ours.document },
          { schema: notNull, document },
        )
      ) found.push({ where: `${where} query parameter "${name}"${at}`, what });
    } else {
      add(`${place} parameter "${name}" (${describe(shapes)}) is in the contract and not here`);
    }
  }
  for (const name of path) add(`path parameter "${name}" is here and not in the contract`);
  for (const name of query.keys()) add(`query parameter "${name}" is here and not in the contract`);
  return found;
}

/** A schema of a query parameter without the alternative that is null. */
function withoutNull(schema: unknown): unknown {
  const alternatives = record(schema)["anyOf"];
  if (!Array.isArray(alternatives)) return schema ?? true;
  return { ...record(schema), anyOf: alternatives.filter((one) => record(one)["type"] !== "null") };
}

function requestDifferences({ operation, their, document, ours }: Comparison): Difference[] {
  const where = `${their.where} request`;
  const body = resolve(their.node["requestBody"], document);
  if (body === undefined) {
    return operation.request === undefined
      ? []
      : [{ where, what: "body is here and not in the contract" }];
  }
  const { required, content } = record(body);
  const { schema, problems } = jsonOf(content);
  const found = problems.map((what) => ({ where, what }));
  if (operation.request === undefined) {
    const kind = describe(shapesOf(schema ?? true, document));
    return [...found, { where, what: `body (${kind}) is in the contract and not here` }];
  }
  if (required !== true) {
    found.push({ where, what: "body is optional in the contract and required here" });
  }
  const ourSchema = { schema: ours.refer(operation.request), document: ours.document };
  for (const { at, what } of compareSchemas(ourSchema, { schema: schema ?? true, document })) {
    found.push({ where: where + at, what });
  }
  return found;
}

function statusDifferences({ operation, their, document }: Comparison): string[] {
  const statuses = Object.keys(record(their.node["responses"]));
  const expected = [operation.success, ...operation.alsoSuccess ?? []].map(String);
  const found = statuses.filter((status) => /^[123]/.test(status) && !expected.includes(status))
    .map((status) => `success status ${status} is in the contract and not here`);
  if (!statuses.includes(String(operation.success))) {
    found.push(`success status ${operation.success} is here and not in the contract`);
  }
  for (const [status, response] of Object.entries(record(their.node["responses"]))) {
    if (!/^[45]/.test(status)) continue;
    const { schema } = jsonOf(record(resolve(response, document))["content"]);
    const name = nameOf(schema);
    if (schema === undefined || name === "ErrorResponse" || name === "HTTPValidationError") {
      continue;
    }
    found.push(
      `status ${status} is ${describe(shapesOf(schema, document))} in the contract, ` +
        "and errors are read as ErrorResponse or HTTPValidationError here",
    );
  }
  return found;
}

function answerDifferences({ operation, their, document, ours }: Comparison): Difference[] {
  const where = `${their.where} answer`;
  const response = record(their.node["responses"])[operation.success];
  if (response === undefined) return [];
  const { schema, problems } = jsonOf(record(resolve(response, document))["content"]);
  const found = problems.map((what) => ({ where, what }));
  const shapes = shapesOf(schema ?? true, document);
  const open = shapes.every(({ kind }) => kind === "any");
  if (open && (operation.response === undefined || operation.openResponse === true)) return found;
  if (operation.response === undefined || operation.openResponse === true) {
    const what = `${describe(shapes)} is in the contract, which is held to leave it open here`;
    found.push({ where, what });
  }
  if (operation.response === undefined) return found;
  const ourSchema = { schema: ours.refer(operation.response), document: ours.document };
  for (const { at, what } of compareSchemas(ourSchema, { schema: schema ?? true, document })) {
    found.push({ where: where + at, what });
  }
  return found;
}

/** The schema of a JSON body, and what else a body may be by the contract. */
function jsonOf(content: unknown): { schema: unknown; problems: string[] } {
  const types = Object.keys(record(content)).filter((type) => type !== "application/json");
  return {
    schema: record(record(content)["application/json"])["schema"],
    problems: types.map((type) => `media type "${type}" is in the contract and not here`),
  };
}

function resolve(node: unknown, document: unknown): unknown {
  const reference = isRecord(node) ? node["$ref"] : undefined;
  return typeof reference === "string" ? follow(document, reference) : node;
}
