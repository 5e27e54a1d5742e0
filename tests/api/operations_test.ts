import { assert, assertEquals } from "@std/assert";
import { AuthenticatedClient } from "../../mod.ts";
import { type Operation, operations } from "../../src/api/operations.ts";
import { CALLS } from "../http/calls.ts";
import { test } from "../support/test.ts";

const all: readonly Operation[] = Object.values(operations);

/** Holds every operation against a rule, and names those that break it. */
function assertAll(rule: (operation: Operation) => boolean, what: string): void {
  assertEquals(all.filter((operation) => !rule(operation)).map(({ name }) => name), [], what);
}

test("operations have names, verbs, and methods with paths of their own", () => {
  assertEquals(all.length, 12);
  for (
    const key of [
      ({ name }: Operation) => name,
      ({ verb }: Operation) => verb,
      ({ method, path }: Operation) => `${method} ${path}`,
    ]
  ) assertEquals(new Set(all.map(key)).size, all.length);
});

test("operations are the client's calls, no more and no less", () => {
  const client = new AuthenticatedClient({ baseUrl: "https://x.test", token: "t0ken" });
  const offered = Object.entries(client).flatMap(([resource, calls]) =>
    typeof calls === "function"
      ? [resource]
      : Object.keys(calls).map((name) => `${resource}.${name}`)
  ).filter((name) => !/\.(?:watch|wait|check|list)$/.test(name));
  assertEquals(all.map(({ name }) => name).sort(), offered.sort());
  assertEquals(
    all.map(({ name, effect }) => [name, effect]).sort(),
    CALLS.map(({ name, effect }) => [name, effect]).sort(),
  );
});

test("operations say what a path's parameter is", () => {
  assertAll(
    ({ path, target }) =>
      (path.match(/\{\w+\}/g) ?? []).join() === (target === undefined ? "" : `{${target}_id}`),
    "target",
  );
  assertAll(({ path }) => /^\/[a-z_]+(?:\/\{[a-z_]+\}(?:\/[a-z_]+)?)?$/.test(path), "path");
});

test("operations that create say what they make, and only those", () => {
  assertAll(
    ({ effect, makes }) => (effect === "create") === (makes !== undefined),
    "create",
  );
  assertAll(({ effect, method }) => effect !== "create" || method === "POST", "create by POST");
  assertAll(({ effect, method }) => (effect === "read") === (method === "GET"), "read by GET");
  assertAll(
    ({ effect, method }) => (effect === "delete") === (method === "DELETE"),
    "delete by DELETE",
  );
});

test("operations have a body where they POST, and a query where they GET", () => {
  assertAll(({ method, request }) => (method === "POST") === (request !== undefined), "request");
  assertAll(({ method, query }) => query === undefined || method === "GET", "query");
});

test("operations have a model of the answer, but for what a platform sends", () => {
  const open = all.filter(({ response }) => response === undefined);
  assertEquals(open.map(({ name }) => name), ["unitJobs.createSync"]);
  assertAll(({ alsoSuccess = [], success }) => !alsoSuccess.includes(success), "alsoSuccess");
});

test("operations need a token, but for those that are public", () => {
  const open = all.filter(({ auth }) => !auth);
  assertEquals(open.map(({ name }) => name), ["health", "tiles.split", "statistics"]);
});

test("operations have the client's time limit, but for the synchronous job", () => {
  const own = all.filter(({ timeout }) => timeout !== undefined);
  assertEquals(own.map(({ name, timeout }) => [name, timeout]), [["unitJobs.createSync", null]]);
});

test("operations word what they do so that it can follow Cannot", () => {
  for (const { verb } of all) assert(/^[a-z][a-z ]*[a-z]$/.test(verb), verb);
});
