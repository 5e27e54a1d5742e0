import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  attachCost,
  costOfJobs,
  Parameter,
  ParamRequest,
  ParamTypeEnum,
} from "../../src/models/parameters.ts";
import { test } from "../support/test.ts";
import { problems } from "./support/problems.ts";

const parameter = { name: "gain", type: "integer", optional: true, description: "Gain" };

test("Parameter.parse() keeps an absent, a null and a given default apart", () => {
  for (
    const more of [{}, { default: null }, { default: 0.5 }, { options: [] }, { options: [null] }]
  ) {
    const given = { ...parameter, ...more };
    assertStrictEquals(Parameter.parse(given), given);
    assertEquals("default" in Parameter.parse(given), "default" in more);
  }
});

test("Parameter.parse() passes unknown kinds through", () => {
  assertEquals(Parameter.parse({ ...parameter, type: "geojson" }).type, "geojson");
});

test("Parameter.parse() names what is wrong", () => {
  assertEquals(problems(Parameter, { name: 1, type: null, optional: "yes", options: {} }), [
    "name: expected a string, got the number 1",
    "type: expected a string, got null",
    'optional: expected a boolean, got the string "yes"',
    "description: expected a string, got nothing",
    "options: expected an array, got an object",
  ]);
});

test("ParamRequest.parse() names what is wrong", () => {
  assertEquals(problems(ParamRequest, { label: "wps", service: "https://p.example.test" }), [
    'label: expected one of "openeo", "ogc_api_process", got the string "wps"',
    'service: expected an object, got the string "https://p.example.test"',
  ]);
  const given = {
    label: "openeo",
    service: { endpoint: "https://p.example.test", application: "https://c.example.test/x.json" },
  };
  assertStrictEquals(ParamRequest.parse(given), given);
});

test("ParamTypeEnum holds the service's words", () => {
  assertEquals(
    Object.entries(ParamTypeEnum).map(([name, word]) =>
      word === name.toLowerCase().replace("_", "-")
    ),
    Array(9).fill(true),
  );
});

test("attachCost() tells a request its price, where nobody sees it", () => {
  const request = attachCost({ parameters: { bands: ["B04"] } }, (jobs) => ({
    amount: 2 * jobs.length,
    unit: "credits",
    basis: `2 credits × ${jobs.length}`,
  }));
  assertEquals(costOfJobs(request, [{}, {}, {}]), {
    amount: 6,
    unit: "credits",
    basis: "2 credits × 3",
  });
  assertEquals(request, { parameters: { bands: ["B04"] } });
  assertEquals(JSON.stringify(request), '{"parameters":{"bands":["B04"]}}');
  assertEquals(costOfJobs({ ...request }, [{}]), undefined);
});

test("costOfJobs() has nothing to say of a request that knows no price, and takes no other thing for a cost", () => {
  assertEquals(costOfJobs({ parameters: {} }, [{}]), undefined);
  const key = Symbol.for("@apex-dispatch/client.cost");
  const odd = (value: unknown) => ({ parameters: {}, [key]: () => value });
  for (
    const value of [5, null, {}, { basis: 5 }, { basis: "", amount: "5" }, { basis: "", unit: 5 }]
  ) {
    assertEquals(costOfJobs(odd(value), [{}]), undefined);
  }
  assertEquals(costOfJobs(odd({ basis: "free" }), [{}]), { basis: "free" });
  assertThrows(
    () =>
      costOfJobs(
        attachCost({ parameters: {} }, () => {
          throw new RangeError("no area");
        }),
        [],
      ),
    RangeError,
    "no area",
  );
});
