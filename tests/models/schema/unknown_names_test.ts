import { assertEquals } from "@std/assert";
import * as z from "zod/mini";
import { unknownNames } from "../../../src/models/schema/unknown_names.ts";
import { schemas } from "../../../src/models/schemas.ts";
import { test } from "../../support/test.ts";
import { WIRE } from "../values.ts";

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
        'no such field; if the service has learnt it, let it through with extra: ["service.namespase"]',
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
