import { assertEquals, assertRejects } from "@std/assert";
import { RequestInvalidError } from "../../mod.ts";
import { requestCheck } from "../../src/display/views/service/request.ts";
import { chooseDimension } from "../../src/upscale/choose_dimension.ts";
import { test } from "../support/test.ts";
import { JOB } from "./areas.ts";

const PARAMETERS = [["box", "bounding-box"], ["resolution", "integer"]].map(([name, type]) => ({
  name: name ?? "",
  type: type ?? "",
  optional: false,
  description: "",
}));
const knows = {
  check: () => Promise.resolve(requestCheck({ issues: [], warnings: [], parameters: PARAMETERS })),
};
const question = { request: JOB, dimension: undefined, headline: "Cannot", signal: undefined };

test("chooseDimension() takes the one place, and holds values to its type", async () => {
  const { name, type, issuesOf } = await chooseDimension(knows, question);
  assertEquals([name, type], ["box", "bounding-box"]);
  assertEquals(issuesOf({ west: 1, south: 2, east: 3, north: 4 }), []);
  assertEquals(issuesOf([1, 2, 3, 4]).map(({ path }) => path), ["parameters.box"]);
});

test("chooseDimension() looks at the other parameters too", async () => {
  await assertRejects(
    () => chooseDimension(knows, { ...question, request: { ...JOB, parameters: { box: "any" } } }),
    RequestInvalidError,
    "parameters.resolution: expected a number, which the service needs, got nothing",
  );
});
