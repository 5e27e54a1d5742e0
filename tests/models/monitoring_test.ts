import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  ComponentHealth,
  daySchema,
  Health,
  isDay,
  PublicStatisticsResponse,
} from "../../src/models/monitoring.ts";
import { schemaIssues } from "../../src/models/schema/schema_issues.ts";
import { test } from "../support/test.ts";
import { problems } from "./support/problems.ts";
import { WIRE } from "./support/values.ts";

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

test("PublicStatisticsResponse.parse() reads the moment as UTC and keeps what it does not know", () => {
  const given = { ...Object(WIRE.PublicStatisticsResponse), by_country: { be: 3 } };
  const read = PublicStatisticsResponse.parse(given);
  assertEquals(read, { ...given, generated_at: new Date("2026-11-23T15:38:21Z") });
});

test("PublicStatisticsResponse.parse() names what is wrong", () => {
  const given = Object(WIRE.PublicStatisticsResponse);
  const jobs = { ...given.processing_jobs, total: 1.5, by_status: { finished: "many" } };
  const tasks = { ...given.upscaling_tasks, by_service: null };
  assertEquals(
    problems(PublicStatisticsResponse, { ...given, processing_jobs: jobs, upscaling_tasks: tasks }),
    [
      "processing_jobs.total: expected an integer, got the number 1.5",
      'processing_jobs.by_status.finished: expected a finite number, got the string "many"',
      "upscaling_tasks.by_service: expected an object, got null",
    ],
  );
});

test("isDay() knows the calendar", () => {
  for (const day of ["2026-11-23", "2024-02-29", "0001-01-01"]) assertEquals(isDay(day), true, day);
  for (
    const text of ["2026-02-30", "2023-02-29", "2026-13-01", "2026-1-1", "20261123", "today", ""]
  ) assertEquals(isDay(text), false, text);
  assertEquals(isDay("2026-11-23T00:00:00Z"), false);
});

test("daySchema says what a day looks like", () => {
  assertEquals(schemaIssues(daySchema, "23.11.2026").map(({ message }) => message), [
    'expected a day (YYYY-MM-DD), got the string "23.11.2026"',
  ]);
  assertEquals(schemaIssues(daySchema, "2026-11-23"), []);
});
