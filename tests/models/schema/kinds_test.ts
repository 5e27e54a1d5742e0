import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import * as z from "zod/mini";
import { ProcessingJob } from "../../../src/models/jobs.ts";
import { parseTimestamp, since } from "../../../src/models/schema/kinds.ts";
import { readerOf } from "../../../src/models/schema/model.ts";
import { test } from "../../support/test.ts";
import { problems } from "../support/problems.ts";
import { WIRE } from "../support/values.ts";

const READ: readonly (readonly [text: string, instant: string])[] = [
  ["2026-11-23T15:38:21", "2026-11-23T15:38:21.000Z"],
  ["2026-11-23T15:38:21Z", "2026-11-23T15:38:21.000Z"],
  ["2026-11-23t15:38:21z", "2026-11-23T15:38:21.000Z"],
  ["2026-11-23 15:38:21", "2026-11-23T15:38:21.000Z"],
  ["2026-11-23T15:38", "2026-11-23T15:38:00.000Z"],
  ["2026-11-23", "2026-11-23T00:00:00.000Z"],
  ["2026-11-23T15:38:21.5", "2026-11-23T15:38:21.500Z"],
  ["2026-11-23T15:38:21,25", "2026-11-23T15:38:21.250Z"],
  ["2026-11-23T15:38:21.123456", "2026-11-23T15:38:21.123Z"],
  ["2026-11-23T15:38:21.999999", "2026-11-23T15:38:21.999Z"],
  ["2026-11-23T15:38:21.123456789Z", "2026-11-23T15:38:21.123Z"],
  ["2026-11-23T15:38:21+01:00", "2026-11-23T14:38:21.000Z"],
  ["2026-11-23T15:38:21.123456-05:30", "2026-11-23T21:08:21.123Z"],
  ["2026-11-23T15:38:21+0100", "2026-11-23T14:38:21.000Z"],
  ["2026-11-23T15:38:21-08", "2026-11-23T23:38:21.000Z"],
  ["2026-11-23T00:30:00+01:00", "2026-11-22T23:30:00.000Z"],
  ["2024-02-29T12:00:00", "2024-02-29T12:00:00.000Z"],
  ["0001-01-01T00:00:00", "0001-01-01T00:00:00.000Z"],
];

for (const [text, instant] of READ) {
  test(`parseTimestamp() reads ${text}`, () => {
    assertEquals(parseTimestamp(text)?.toISOString(), instant);
  });
}

const REFUSED = [
  "",
  "yesterday",
  "2026",
  "2026-11",
  "23-11-2026",
  "2026-13-01",
  "2026-02-29",
  "2026-02-30T00:00:00",
  "2026-04-31",
  "2026-11-23T",
  "2026-11-23T15",
  "2026-11-23T24:00:00",
  "2026-11-23T25:00:00",
  "2026-11-23T15:60:00",
  "2026-11-23T15:38:61",
  "2026-11-23T15:38:21+25:00",
  "2026-11-23T15:38:21 UTC",
  " 2026-11-23T15:38:21",
  "2026-11-23T15:38:21\n",
  "1764000000",
  "Mon, 23 Nov 2026 15:38:21 GMT",
];

for (const text of REFUSED) {
  test(`parseTimestamp() refuses ${JSON.stringify(text)}`, () => {
    assertStrictEquals(parseTimestamp(text), undefined);
  });
}

test("parseTimestamp() reads an instant as the same in every offset", () => {
  const date = fc.date({
    min: new Date("1000-01-02T00:00:00Z"),
    max: new Date("9999-12-30T00:00:00Z"),
    noInvalidDate: true,
  });
  const minutes = fc.integer({ min: -14 * 60, max: 14 * 60 });
  fc.assert(fc.property(date, minutes, (date, minutes) => {
    const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
    const size = Math.abs(minutes);
    const two = (value: number) => String(value).padStart(2, "0");
    const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    assertEquals(parseTimestamp(local + offset), date);
    assertEquals(parseTimestamp(date.toISOString()), date);
    assertEquals(parseTimestamp(date.toISOString().slice(0, -1)), date);
  }));
});

test("parseTimestamp() gives up on text that never ends", () => {
  assertStrictEquals(parseTimestamp("2026-11-23T15:38:21." + "1".repeat(1_000_000)), undefined);
  assertStrictEquals(parseTimestamp("2".repeat(1_000_000)), undefined);
});

test("timestamps of a model are dates, and the same instants when sent back", () => {
  const wire = Object(WIRE.ProcessingJob);
  const job = ProcessingJob.parse(wire);
  assertEquals(job.created, new Date("2026-11-23T15:38:21Z"));
  assertEquals(job.updated, new Date("2026-11-23T15:38:25.123Z"));
  const again = ProcessingJob.parse(JSON.parse(JSON.stringify(job)));
  assertEquals(again, job);
  assertEquals(wire.created, "2026-11-23T15:38:21");
});

test("timestamps that are dates already stay the same objects", () => {
  const job = ProcessingJob.parse(WIRE.ProcessingJob);
  assertStrictEquals(ProcessingJob.parse(job), job);
});

test("timestamps that are none are refused by name and kind", () => {
  const with_ = (created: unknown) => ({ ...Object(WIRE.ProcessingJob), created });
  const expected = "created: expected a timestamp (ISO 8601, such as 2026-11-23T15:38:21)";
  assertEquals(problems(ProcessingJob, with_("soon")), [`${expected}, got the string "soon"`]);
  assertEquals(problems(ProcessingJob, with_(1764000000)), [
    `${expected}, got the number 1764000000`,
  ]);
  assertEquals(problems(ProcessingJob, with_(null)), [`${expected}, got null`]);
  assertEquals(problems(ProcessingJob, with_(undefined)), [`${expected}, got nothing`]);
  assertEquals(problems(ProcessingJob, with_(new Date(NaN))), [`${expected}, got an invalid Date`]);
});

test("since() is said in the JSON Schema, of a field and of words", () => {
  const schema = z.object({
    note: since(z.optional(z.string()), { since: "development" }),
    kind: since(z.enum({ A: "a", B: "b" }), { wordsSince: { b: "development" } }),
  });
  const { properties } = z.toJSONSchema(schema);
  assertEquals(properties, {
    note: { type: "string", since: "development" },
    kind: { type: "string", enum: ["a", "b"], wordsSince: { b: "development" } },
  });
});

test("since() changes nothing of what is read", () => {
  const plain = z.object({ note: z.optional(z.string()) });
  const said = z.object({ note: since(z.optional(z.string()), { since: "development" }) });
  for (const value of [{}, { note: "n" }, { note: 1 }, null]) {
    assertEquals(readerOf(said)(value), readerOf(plain)(value));
  }
});
