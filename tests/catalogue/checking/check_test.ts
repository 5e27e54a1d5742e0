import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { checkParameters, checkView } from "../../../src/catalogue/checking/check.ts";
import { readDefinition } from "../../../src/catalogue/reading/definition.ts";
import { definition, good } from "../support/made_up.ts";
import { test } from "../../support/test.ts";
import { textOf } from "../support/text_of.ts";

function checked(given: Readonly<Record<string, unknown>>) {
  const reading = readDefinition(definition);
  if (!reading.ok) throw new Error(reading.reason);
  return checkParameters(given, {
    parameters: reading.definition.parameters,
    obstacle: undefined,
    price: { amount: 0.1, unit: "platform credits per km²" },
    limits: [],
  });
}

test("checkParameters() passes what the service takes, and reckons what it may cost", () => {
  const { ok, issues, cost } = checked(good);
  assertEquals([ok, issues], [true, []]);
  assertEquals(Math.round((cost.amount ?? 0) * 100) / 100, 7.77);
  assertEquals(cost.basis, "0.1 platform credits per km² × 77.7 km²");
});

test("checkParameters() names every problem at once", () => {
  const { ok, issues } = checked({
    spatial_extend: good.spatial_extent,
    temporal_extent: good.temporal_extent,
    max_cloud_cover: 200,
    when: new Date("2026-06-01T00:00:00Z"),
    clouds: undefined,
  });
  assertEquals(ok, false);
  assertEquals(issues.map(({ path }) => path).sort(), [
    "clouds",
    "max_cloud_cover",
    "spatial_extend",
    "spatial_extent",
    "when",
  ]);
  assertMatch(
    issues.find(({ path }) => path === "spatial_extend")?.message ?? "",
    /did you mean "spatial_extent"\?$/,
  );
  assertMatch(
    issues.find(({ path }) => path === "spatial_extent")?.message ?? "",
    /^is needed: a box/,
  );
});

test("checkParameters() refuses all of a service that Dispatch cannot run", () => {
  const { issues } = checkParameters({}, {
    parameters: [],
    obstacle: "Dispatch cannot read it",
    price: undefined,
    limits: ["nothing is live"],
  });
  assertEquals(issues, [{ path: "", message: "Dispatch cannot read it" }]);
});

test("checkParameters() without a definition checks that JSON can hold the values, and says its limits", () => {
  const service = {
    parameters: undefined,
    obstacle: undefined,
    price: undefined,
    limits: ["not read"],
  };
  assertEquals(checkParameters({ a: 1 }, service).ok, true);
  assertEquals(checkParameters({ a: 1n }, service).ok, false);
  assertEquals(checkParameters({}, service).warnings, ["not read"]);
});

test("checkView() names problems by their path, or the service as a whole", () => {
  const cost = { basis: "no price" };
  const text = textOf(checkView({ id: "a" }, {
    ok: false,
    issues: [{ path: "bands[0]", message: "expected one" }, { path: "", message: "cannot run" }],
    warnings: ["not live"],
    cost,
  }));
  for (const words of ["2 problems", "bands[0]", "the service", "not live"]) {
    assertStringIncludes(text, words);
  }
  assertStringIncludes(
    textOf(checkView({ id: "a" }, { ok: true, issues: [], warnings: [], cost })),
    "no price",
  );
});

/** The problems with parameters of a process that takes whole numbers of these names. */
function pathsOf(names: readonly string[], given: unknown, label?: "ogc_api_process"): string[] {
  const reading = readDefinition({
    parameters: names.map((name) => ({ name, description: "x", schema: { type: "integer" } })),
  });
  const parameters = reading.ok ? reading.definition.parameters : [];
  return checkParameters(JSON.parse(JSON.stringify(given ?? null)), {
    parameters,
    obstacle: undefined,
    price: undefined,
    limits: [],
    label,
  }).issues.map(({ path, message }) => `${path}: ${message.replace(/[:;,].*/, "")}`);
}

test("checkParameters() looks at a parameter whatever is wrong with one whose name begins like it", () => {
  const { issues } = checkParameters({ time: "x", time_step: NaN, "my-size": NaN, my: 1 }, {
    parameters: ["time", "time_step", "my-size"].map((name) => ({
      name,
      description: "x",
      kinds: ["integer"],
      schemas: [{ type: "integer" }],
      needed: true,
    })),
    obstacle: undefined,
    price: undefined,
    limits: [],
  });
  assertEquals(issues.map(({ path }) => path).sort(), ['["my-size"]', "my", "time", "time_step"]);
});

test("checkParameters() takes no name of every object for a parameter, and no other value for parameters", () => {
  assertEquals(pathsOf(["constructor"], {}), ["constructor: is needed"]);
  for (const given of [null, undefined, 5, "text", [1]]) {
    assertMatch(pathsOf(["a"], given).join(), /^: expected parameters by name { … }$/);
  }
});

test("checkParameters() refuses the names that Dispatch uses itself, for openEO alone", () => {
  assertEquals(pathsOf(["namespace"], { namespace: 1 }), [
    "namespace: Dispatch cannot pass on a parameter of this name",
  ]);
  assertEquals(pathsOf(["namespace"], { namespace: 1 }, "ogc_api_process"), []);
});
