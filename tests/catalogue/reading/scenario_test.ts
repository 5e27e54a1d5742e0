import { assert, assertEquals } from "@std/assert";
import { valueIssues } from "../../../src/catalogue/checking/check_value.ts";
import { readDefinition } from "../../../src/catalogue/reading/definition.ts";
import { exampleIn, fromFacts, fromParameters } from "../../../src/catalogue/reading/scenario.ts";
import type { Parameter } from "../../../src/models/parameters.ts";
import { test } from "../../support/test.ts";
import { good, scenario } from "../support/made_up.ts";
import { catalogueFolder, definitionsIn } from "../support/shared_catalogue.ts";

const service = { id: "composite", application: "https://definitions.example.test/composite.json" };

test("exampleIn() finds the arguments of the service's own process, by address or by name", () => {
  assertEquals(exampleIn(scenario("composite"), service), good);
  assertEquals(
    exampleIn(scenario("composite"), { ...service, application: "https://moved.test" }),
    good,
  );
});

test("exampleIn() leaves out what other nodes give, and says nothing of degrees", () => {
  const given = { bbox: { west: 1, south: 2, east: 3, north: 4, crs: "EPSG:4326" } };
  assertEquals(exampleIn(scenario("composite", given), service), {
    bbox: { west: 1, south: 2, east: 3, north: 4 },
  });
  const projected = { bbox: { west: 1, south: 2, east: 3, north: 4, crs: 3035 } };
  assertEquals(exampleIn(scenario("composite", projected), service), projected);
});

test("exampleIn() of what is no scenario is nothing", () => {
  for (const value of [null, {}, [], [{ id: "x", process_graph: {} }], [{ id: 5 }]]) {
    assertEquals(exampleIn(value, service), undefined);
  }
});

/** What a real Dispatch service said of process definitions, by their names. */
const recorded: readonly (readonly [string, readonly Parameter[]])[] = Deno.readTextFileSync(
  new URL("../../fixtures/wire_http.jsonl", import.meta.url),
).split("\n").filter((line) => line.includes('"path": "/params"')).map((line) => JSON.parse(line))
  .filter(({ response }) => response.status === 200).map(({ request, response }) => [
    request.body.service.application.replace(/^.*\/|\.json$/g, ""),
    response.body,
  ]);

test("fromParameters() takes what a Dispatch service says of parameters", () => {
  const [box, size, words, anything] = fromParameters([
    { name: "bbox", type: "bounding-box", optional: false, description: "Where", default: null },
    { name: "size", type: "integer", optional: true, description: "", default: 0.5 },
    {
      name: "band",
      type: "string",
      optional: true,
      description: "",
      default: null,
      options: ["a", "b"],
    },
    { name: "extra", type: "string", optional: true, description: "", default: null },
  ]);
  assertEquals([box?.kinds, box?.needed, "default" in (box ?? {})], [
    ["bounding-box"],
    true,
    false,
  ]);
  assertEquals(size?.default, 0.5);
  if (size !== undefined) {
    assertEquals(valueIssues(size, 1.5), [], "an openEO number is told as an integer");
  }
  if (words !== undefined) assertEquals(valueIssues(words, "c").length, 1);
  // An OGC API's objects and arrays are told as a string.
  if (anything !== undefined) assertEquals(valueIssues(anything, { a: 1 }).length, 0);
});

test("fromFacts() checks by kinds alone", () => {
  const [span] = fromFacts([{ name: "time", kinds: ["temporal-interval", "null"], needed: true }]);
  if (span !== undefined) {
    assertEquals(valueIssues(span, ["2026-01-01", "2026-02-01"]), []);
    assertEquals(valueIssues(span, ["2026-02-01", "2026-01-01"]).length, 1);
  }
});

test("fromParameters() of the recorded exchanges passes their own defaults", () => {
  assert(recorded.length >= 5, `${recorded.length} exchanges`);
  for (const [name, parameters] of recorded) {
    const read = fromParameters(parameters);
    assert(read.some(({ kinds }) => kinds.includes("bounding-box")), name);
    for (const parameter of read) {
      if ("default" in parameter) assertEquals(valueIssues(parameter, parameter.default), []);
    }
  }
});

Deno.test({
  name: "readDefinition() agrees with what a Dispatch service said of the same definitions",
  ignore: catalogueFolder === undefined,
  async fn() {
    // An openEO number is told as an integer, which is read as a number.
    const plain = (kind: string | undefined) => kind === "integer" ? "number" : kind;
    let compared = 0;
    for (const [path, value] of await definitionsIn(catalogueFolder)) {
      const [, told] = recorded.find(([name]) => path.endsWith(`/${name}.json`)) ?? [];
      const reading = readDefinition(value);
      if (told === undefined || !reading.ok) continue;
      compared++;
      assertEquals(
        reading.definition.parameters.map((one) => [one.name, plain(one.kinds[0]), one.needed]),
        fromParameters(told).map((one) => [one.name, plain(one.kinds[0]), one.needed]),
        path,
      );
      assertEquals(
        reading.definition.parameters.map((one) => one.default),
        fromParameters(told).map((one) => one.default),
        path,
      );
    }
    assert(compared >= 4, `${compared} definitions`);
  },
});

test("fromParameters() takes places and times for an OGC API however they are written", () => {
  const of = (type: "bounding-box" | "date-interval" | "datetime", value: unknown) => {
    const [read] = fromParameters([
      { name: "p", type, optional: false, description: "", default: null },
    ]);
    return read === undefined ? ["nothing"] : valueIssues(read, value).map(({ path }) => path);
  };
  const box = { west: 1, south: 1, east: 2, north: 2 };
  for (
    const value of [box, [1, 1, 2, 2], { bbox: [1, 1, 2, 2] }, {
      type: "Point",
      coordinates: [1, 1],
    }]
  ) {
    assertEquals(of("bounding-box", value), [], JSON.stringify(value));
  }
  assertEquals(of("bounding-box", { ...box, north: 91 }), ["p.north"]);
  assertEquals(of("bounding-box", "here"), ["p"]);
  assertEquals(of("date-interval", "2026-01-01/2026-02-01"), []);
  assertEquals(of("date-interval", ["2026-02-01", "2026-01-01"]), ["p"]);
  assertEquals(of("datetime", "2026-01-01"), []);
  assertEquals(of("datetime", "2026-01-32"), ["p"]);
});
