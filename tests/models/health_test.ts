import { assertEquals, assertStrictEquals } from "@std/assert";
import { ComponentHealth, Health } from "../../src/models/health.ts";
import { test } from "../support/test.ts";
import { problems } from "./support/problems.ts";

test("Health.parse() reads good and bad news", () => {
  for (
    const given of [
      { status: "ok", database: { status: "ok" } },
      { status: "error", database: { status: "error", message: "no route" }, cache: {} },
    ]
  ) assertStrictEquals(Health.parse(given), given);
});

test("Health.parse() and ComponentHealth.parse() name what is wrong", () => {
  assertEquals(problems(Health, { status: true }), [
    "status: expected a string, got true",
    "database: expected an object, got nothing",
  ]);
  assertEquals(problems(ComponentHealth, { message: 1 }), [
    "status: expected a string, got nothing",
    "message: expected a string, got the number 1",
  ]);
});
