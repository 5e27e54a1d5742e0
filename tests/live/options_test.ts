import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { RequestInvalidError } from "../../src/http/errors.ts";
import { stopwatch, watchRules } from "../../src/live/options.ts";
import { test } from "../support/test.ts";

const headline = "Cannot watch unit job 4";

test("watchRules() fills in the defaults", () => {
  assertEquals(watchRules({}, { headline }), {
    interval: 10_000,
    maxOutage: 1_800_000,
    maxUnknown: 1_800_000,
    alarmAfter: 21_600_000,
    socket: false,
  });
});

test("watchRules() lets unknown be borne as long as any other outage, unless it is told", () => {
  assertEquals(watchRules({ maxOutage: Infinity }, { headline }).maxUnknown, Infinity);
  assertEquals(watchRules({ maxOutage: 5, maxUnknown: 7 }, { headline }).maxUnknown, 7);
});

test("watchRules() names every option that cannot be meant, and the nearest to one that nobody knows", () => {
  const given: object = { maxOutrage: 5, interval: 1, socket: 0 };
  const { message } = assertThrows(() => watchRules(given, { headline }), RequestInvalidError);
  assertStringIncludes(message, headline);
  assertStringIncludes(message, 'maxOutrage: no such option; did you mean "maxOutage"?');
  assertStringIncludes(message, "interval: expected milliseconds, 1000 at the least, got");
  assertStringIncludes(message, "socket: expected true or false");
  // A wrong maxOutage is said once, though maxUnknown follows it.
  const wrong: object = { maxOutage: "long" };
  const said = assertThrows(() => watchRules(wrong, { headline }), RequestInvalidError).message;
  assertEquals(said.split("expected milliseconds").length, 2);
});

test("watchRules() knows the options of whoever waits as well, where there is one", () => {
  const given: object = { timeout: 5 };
  assertThrows(() => watchRules(given, { headline }), RequestInvalidError, "timeout: no such");
  assertEquals(watchRules(given, { headline, alsoKnown: ["timeout"] }).socket, false);
});

test("stopwatch() counts from look to look, a gap in which nobody looked in part", () => {
  const elapsed = stopwatch(60_000);
  assertEquals([1_000_000, 1_010_000, 1_050_000].map((now) => elapsed(now)), [0, 10_000, 50_000]);
  assertEquals(elapsed(9_000_000), 110_000);
});

test("stopwatch() counts how long a look itself went on", () => {
  const elapsed = stopwatch(60_000);
  elapsed(0);
  assertEquals(elapsed(300_000, 240_000), 300_000);
  assertEquals(elapsed(1_000_000, 240_000), 600_000);
});
