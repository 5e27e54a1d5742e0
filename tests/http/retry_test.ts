import { assertEquals } from "@std/assert";
import { type Effect, mayRepeatStatus, retryAfter, retryPause } from "../../src/http/retry.ts";
import { test } from "../support/test.ts";

const STATUSES = [400, 401, 403, 404, 405, 408, 409, 418, 422, 429, 500, 501, 502, 503, 504, 505];

test("mayRepeatStatus() allows the passing troubles of calls that can be repeated, and no others", () => {
  for (const effect of ["read", "compute", "delete"] satisfies Effect[]) {
    const allowed = STATUSES.filter((status) => mayRepeatStatus(status, { effect }));
    assertEquals(allowed, [408, 429, 500, 502, 503, 504], effect);
  }
});

test("mayRepeatStatus() does not repeat a 500 that can mean that a result is not ready", () => {
  const call = { effect: "read", notReadyIs500: true } as const;
  const allowed = STATUSES.filter((status) => mayRepeatStatus(status, call));
  assertEquals(allowed, [408, 429, 502, 503, 504]);
});

test("mayRepeatStatus() never repeats a call that creates", () => {
  const allowed = STATUSES.filter((status) => mayRepeatStatus(status, { effect: "create" }));
  assertEquals(allowed, []);
});

test("retryPause() doubles from half a second up to eight", () => {
  const pauses = [0, 1, 2, 3, 4, 5, 60].map((repeat) => retryPause(repeat, () => 1));
  assertEquals(pauses, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test("retryPause() takes off up to a quarter by chance", () => {
  assertEquals([0, 0.5, 1].map((chance) => retryPause(4, () => chance)), [6000, 7000, 8000]);
});

const NOON = Date.UTC(2026, 10, 23, 12);

test("retryAfter() reads seconds", () => {
  assertEquals(["0", "7", " 120 "].map((text) => retryAfter(text, NOON)), [0, 7000, 120_000]);
});

test("retryAfter() reads the three forms of a date", () => {
  for (
    const text of [
      "Mon, 23 Nov 2026 12:00:09 GMT",
      "Monday, 23-Nov-26 12:00:09 GMT",
      "Mon Nov 23 12:00:09 2026",
    ]
  ) assertEquals(retryAfter(text, NOON), 9000, text);
});

test("retryAfter() asks for no pause when the date has passed", () => {
  assertEquals(retryAfter("Mon, 23 Nov 2026 11:59:00 GMT", NOON), 0);
});

test("retryAfter() hears nothing in what is neither", () => {
  for (
    const text of [
      null,
      "",
      "soon",
      "-5",
      "1.5.2",
      ".5",
      "2026-11-23",
      "1e3",
      "Mon, nonsense",
      "12 apples",
    ]
  ) {
    assertEquals(retryAfter(text, NOON), undefined, String(text));
  }
});
