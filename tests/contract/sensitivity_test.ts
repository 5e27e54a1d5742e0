import { assert, assertEquals } from "@std/assert";
import { operations } from "../../src/api/operations.ts";
import { schemas } from "../../src/models/schemas.ts";
import { test } from "../support/test.ts";
import { differences } from "./differences/differences.ts";
import { isRecord, list } from "./document.ts";
import { nextDocument, type Node } from "./fixture.ts";

type Path = readonly (string | number)[];
type Change = readonly [name: string, path: Path, apply: (node: Node) => void];

/** Changes that the check is meant not to see. */
const SILENT = [
  // Our sets of words are open in answers, so a contract that closes one takes nothing away.
  "Link.properties.type: without alternative 1",
  "Link.properties.type.anyOf.1: null",
];

test("differences() sees every change to every schema of the contract", () => {
  const changes = schemaNodes().flatMap(([path, node]) => changesTo(path, node));
  assert(changes.length > 900, `only ${changes.length} changes were tried`);
  assertEquals(changes.filter(isSilent).map(([name]) => name), SILENT);
});

test("differences() sees every change to every operation of the contract", () => {
  const changes = operationNodes().flatMap(([path, node]) => operationChanges(path, node));
  assert(changes.length > 80, `only ${changes.length} changes were tried`);
  assertEquals(changes.filter(isSilent).map(([name]) => name), []);
});

test("differences() sees every schema and every operation that is missing on our side", () => {
  const document = nextDocument();
  for (const name of Object.keys(schemas)) {
    const rest = Object.fromEntries(Object.entries(schemas).filter(([key]) => key !== name));
    assert(differences(document, { operations, schemas: rest }).length > 0, name);
  }
  for (const name of Object.keys(operations)) {
    const rest = Object.fromEntries(Object.entries(operations).filter(([key]) => key !== name));
    assert(differences(document, { operations: rest, schemas }).length > 0, name);
  }
});

function isSilent([name, path, apply]: Change): boolean {
  const document = nextDocument();
  const before = JSON.stringify(document);
  apply(at(document, path));
  assert(JSON.stringify(document) !== before, `${name} changed nothing`);
  return differences(document, { operations, schemas }).length === 0;
}

function changesTo(path: Path, node: Node): Change[] {
  const where = path.slice(2).join(".");
  const changes: Change[] = [];
  const add = (what: string, apply: (node: Node) => void, inside: Path = []) =>
    void changes.push([
      `${where}${inside.map((part) => `.${part}`).join("")}: ${what}`,
      [...path, ...inside],
      apply,
    ]);
  const replace = (schema: Node) => (node: Node) => {
    for (const key of Object.keys(node)) delete node[key];
    Object.assign(node, schema);
  };
  const boolean = node["type"] === "boolean";
  add("another type", replace({ type: boolean ? "integer" : "boolean" }));
  if (node["type"] !== "null") add("null", replace({ type: "null" }));
  const alternative = typeof path.at(-1) === "number";
  if (!alternative && !saysNothing(node) && !list(node["anyOf"]).some(isNull)) {
    add("or null", replace({ anyOf: [{ ...node }, { type: "null" }] }));
  }
  if (!saysNothing(node)) add("anything", replace({}));
  if (isRecord(node["properties"])) {
    const required = list(node["required"]);
    for (const field of Object.keys(node["properties"])) {
      add(`without field ${field}`, (fields) => delete fields[field], ["properties"]);
      add(`${field} required or not`, (node) => {
        node["required"] = required.includes(field)
          ? required.filter((other) => other !== field)
          : [...required, field];
      });
    }
    add("one field more", (fields) => fields["priority"] = { type: "integer" }, ["properties"]);
    add("further fields invited or not", (node) => {
      if (node["additionalProperties"] === true) delete node["additionalProperties"];
      else node["additionalProperties"] = true;
    });
  }
  for (const key of ["anyOf", "oneOf", "prefixItems", "enum"]) {
    const parts = list(node[key]);
    for (const [index] of parts.entries()) {
      const without = parts.filter((_, other) => other !== index);
      // One kind of number in the place of two is the same: integers are numbers.
      if (isInteger(parts[index]) && parts.some(isNumber)) continue;
      add(`without alternative ${index}`, (node) => {
        node[key] = without;
        if (key === "prefixItems") node["maxItems"] = node["minItems"] = without.length;
      });
    }
    if (parts.length === 0) continue;
    const more = key === "enum" ? "archived" : { type: "boolean" };
    add("one alternative more", (node) => node[key] = [...parts, more]);
  }
  if ("const" in node) add("another constant", (node) => node["const"] = "Other");
  if (node["format"] === "date-time") add("no timestamp", (node) => delete node["format"]);
  return changes;
}

function operationChanges(path: Path, node: Node): Change[] {
  const [, route, method] = path;
  const where = `${String(method).toUpperCase()} ${route}`;
  const changes: Change[] = [];
  const add = (what: string, inside: Path, apply: (node: Node) => void) =>
    void changes.push([`${where}: ${what}`, [...path, ...inside], apply]);
  changes.push([`${where}: gone`, ["paths", route ?? ""], (item) => delete item[String(method)]]);
  changes.push([`${where}: another method`, ["paths", route ?? ""], (item) => {
    item["patch"] = item[String(method)];
    delete item[String(method)];
  }]);
  add("auth", [], (node) => node["security"] = "security" in node ? [] : [{ key: [] }]);
  add("query parameter", [], (node) => {
    const limit = { name: "limit", in: "query", schema: { type: "integer" } };
    node["parameters"] = [...list(node["parameters"]), limit];
  });
  add("further success", ["responses"], (responses) => responses["202"] = {});
  for (
    const [status, answer] of Object.entries(isRecord(node["responses"]) ? node["responses"] : {})
  ) {
    const json = ["responses", status, "content", "application/json"];
    add(`${status}: another answer`, json, (content) => content["schema"] = { type: "boolean" });
    add(`${status}: another schema`, json, (content) => {
      content["schema"] = { $ref: "#/components/schemas/Asset" };
    });
    if (!status.startsWith("2")) continue;
    add("another success", ["responses"], (responses) => {
      delete responses[status];
      responses["206"] = answer;
    });
    add("another media type", ["responses", status, "content"], (content) => {
      content["image/tiff"] = {};
    });
  }
  for (const [index] of list(node["parameters"]).entries()) {
    add(`parameter ${index} gone`, [], (node) => {
      node["parameters"] = list(node["parameters"]).filter((_, other) => other !== index);
    });
    add(`parameter ${index} of another type`, ["parameters", index], (parameter) => {
      parameter["schema"] = { type: "boolean" };
    });
    add(`parameter ${index} renamed`, ["parameters", index], (parameter) => {
      parameter["name"] = "other";
    });
  }
  if ("requestBody" in node) {
    const json = ["requestBody", "content", "application/json"];
    add("no request", [], (node) => delete node["requestBody"]);
    add("optional request", ["requestBody"], (body) => body["required"] = false);
    add("another request", json, (content) => {
      content["schema"] = { $ref: "#/components/schemas/Asset" };
    });
    add("request of anything", json, (content) => content["schema"] = {});
  } else {
    add("a request", [], (node) => {
      node["requestBody"] = { required: true, content: { "application/json": { schema: {} } } };
    });
  }
  return changes;
}

/** Every schema in the document's components, however deep, with its path. */
function schemaNodes(): (readonly [Path, Node])[] {
  const document = nextDocument();
  const found: (readonly [Path, Node])[] = [];
  for (const name of Object.keys(at(document, ["components", "schemas"]))) {
    collect(["components", "schemas", name]);
  }
  return found;

  function collect(path: Path): void {
    const node = at(document, path);
    found.push([path, node]);
    for (const key of Object.keys(isRecord(node["properties"]) ? node["properties"] : {})) {
      collect([...path, "properties", key]);
    }
    for (const key of ["anyOf", "oneOf", "prefixItems"]) {
      list(node[key]).forEach((_, index) => {
        const parts = list(node[key]);
        if (isInteger(parts[index]) && parts.some(isNumber)) return;
        collect([...path, key, index]);
      });
    }
    for (const key of ["items", "additionalProperties"]) {
      if (isRecord(node[key])) collect([...path, key]);
    }
  }
}

function operationNodes(): (readonly [Path, Node])[] {
  const document = nextDocument();
  return Object.entries(at(document, ["paths"])).flatMap(([route, item]) =>
    Object.keys(isRecord(item) ? item : {}).map((method) => {
      const path = ["paths", route, method];
      return [path, at(document, path)] as const;
    })
  );
}

function at(document: Node, path: Path): Node {
  let node: unknown = document;
  for (const part of path) node = Reflect.get(Object(node), part);
  if (!isNode(node)) throw new Error(`Nothing at ${path.join(".")}`);
  return node;
}

function isNode(value: unknown): value is Node {
  return isRecord(value);
}

function isNull(node: unknown): boolean {
  return isRecord(node) && node["type"] === "null";
}

function isInteger(node: unknown): boolean {
  return isRecord(node) && node["type"] === "integer";
}

function isNumber(node: unknown): boolean {
  return isRecord(node) && node["type"] === "number";
}

/** Whether a schema allows anything, so that "anything" is no change. */
function saysNothing(node: Node): boolean {
  return Object.keys(node).every((key) => ["title", "description", "default"].includes(key));
}
