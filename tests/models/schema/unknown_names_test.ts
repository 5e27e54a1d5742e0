import { assertEquals } from "@std/assert";
import * as z from "zod/mini";
import { compileNames, unknownNames } from "../../../src/models/schema/unknown_names.ts";
import { schemas } from "../../../src/models/schemas.ts";
import { test } from "../../support/test.ts";
import { WIRE } from "../support/values.ts";

const schema = z.lazy(() =>
  z.object({
    title: z.string(),
    service: z.optional(z.nullable(z.object({ namespace: z.string() }))),
    parameters: z.record(z.string(), z.unknown()),
    open: z.looseObject({}),
  })
);

test("unknownNames() finds names at every level, save in what is free-form", () => {
  const value = {
    titel: 1,
    service: { namespase: "a", namespace: "b" },
    parameters: { any: { thing: 1 } },
    open: { any: 1 },
    absent: undefined,
    constructor: 1,
  };
  assertEquals(unknownNames(schema, value), [
    { path: ["titel"], message: 'no such field; did you mean "title"?' },
    {
      path: ["service", "namespase"],
      message:
        'no such field; did you mean "namespace", which is given already? If not, let it through with extra: ["service.namespase"]',
    },
    {
      path: ["constructor"],
      message:
        'no such field; if the service has learnt it, let it through with extra: ["constructor"]',
    },
  ]);
  assertEquals(unknownNames(schema, value, ["titel", "service.namespase", "constructor"]), []);
});

test("unknownNames() passes over what is no object", () => {
  for (const value of [undefined, null, 5, "a", [{ titel: 1 }], { service: [1] }]) {
    assertEquals(unknownNames(schema, value), []);
  }
});

test("unknownNames() lets GeoJSON have foreign members", () => {
  const request = Object(WIRE.TileRequest);
  const aoi = { ...request.aoi, properties: { name: "a" }, id: 5 };
  assertEquals(unknownNames(schemas.TileRequest, { ...request, aoi }), []);
});

test("compileNames() knows at first sight what unknownNames() finds no fault with", () => {
  const knows = compileNames(schema);
  const values: unknown[] = [
    { title: 1, parameters: { any: 1 }, open: { any: 1 } },
    { title: 1, service: null },
    { title: 1, service: { namespace: "a" } },
    { service: { namespase: "a" } },
    { titel: 1 },
    { constructor: 1 },
    { service: [1] },
    [],
    5,
    null,
  ];
  // Asked twice: a field is compiled when it is first met.
  for (const value of [...values, ...values]) {
    assertEquals(knows(value), unknownNames(schema, value).length === 0, JSON.stringify(value));
  }
});

test("compileNames() reads a schema that holds itself", () => {
  interface Part {
    readonly part?: Part | undefined;
  }
  const part: z.ZodMiniType<Part> = z.lazy(() => z.object({ part: z.optional(part) }));
  const knows = compileNames(part);
  assertEquals(knows({ part: { part: { part: {} } } }), true);
  assertEquals(knows({ part: { part: { parts: {} } } }), false);
});
