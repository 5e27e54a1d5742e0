import { assertEquals, assertStrictEquals } from "@std/assert";
import { Parameter, ParamRequest, ParamTypeEnum } from "../../src/models/parameters.ts";
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
