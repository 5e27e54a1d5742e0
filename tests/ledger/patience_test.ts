import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ConnectionError, PermissionError } from "../../mod.ts";
import type { Frame } from "../../src/display/follow/screen.ts";
import { LedgerError } from "../../src/ledger/mod.ts";
import { askPatiently, lookingWords, waitingLine } from "../../src/ledger/patience.ts";
import { instantClock, manualClock } from "../support/clock.ts";
import { test } from "../support/test.ts";

const away = () =>
  new ConnectionError("Cannot list the jobs: the connection failed", { outcome: "not-sent" });

test("askPatiently() waits for a service that gives no answer, more and more slowly, and says so", async () => {
  const clock = instantClock();
  const told: string[] = [];
  let asked = 0;
  const answer = await askPatiently(
    () => ++asked < 6 ? Promise.reject(away()) : Promise.resolve("there"),
    { wire: { clock }, onWait: (words) => told.push(words) },
  );
  assertEquals(answer, "there");
  assertEquals(clock.waits, [5_000, 10_000, 20_000, 40_000, 60_000]);
  assertStringIncludes(told[0] ?? "", "the service gives no answer");
  assertStringIncludes(told[4] ?? "", "asking again in 1 min");
});

test("askPatiently() gives up after maxOutage, and says what to do", async () => {
  const clock = instantClock();
  const error = await assertRejects(
    () => askPatiently(() => Promise.reject(away()), { wire: { clock }, maxOutage: 120_000 }),
    LedgerError,
    "nothing is sent twice",
  );
  assertEquals([error.reason, clock.now() >= 120_000, clock.now() < 300_000], [
    "unknown",
    true,
    true,
  ]);
});

test("askPatiently() does not wait for what cannot heal, nor where nobody wants to wait", async () => {
  const clock = instantClock();
  const options = { wire: { clock } };
  const denied = new PermissionError("Cannot list the jobs: no", { status: 403, content: "" });
  await assertRejects(() => askPatiently(() => Promise.reject(denied), options), PermissionError);
  await assertRejects(
    () => askPatiently(() => Promise.reject(away()), { ...options, maxOutage: 0 }),
    ConnectionError,
  );
  assertEquals(clock.waits, []);
});

test("askPatiently() stops at once when its signal aborts", async () => {
  const clock = manualClock();
  const stop = new AbortController();
  const asking = askPatiently(() => Promise.reject(away()), {
    ...{ wire: { clock }, signal: stop.signal },
    onWait: () => queueMicrotask(() => stop.abort("enough")),
  });
  assertEquals(await asking.catch((reason) => reason), "enough");
  assertEquals(clock.waiting, 0);
});

test("lookingWords() counts what is looked for", () => {
  assertEquals(
    lookingWords(1, 5_000),
    "looking for what was sent without an answer, again in 5 s",
  );
  assertStringIncludes(lookingWords(12, 75_000), "12 requests");
});

test("waitingLine() opens a screen once there is something to wait for, and closes it", async () => {
  const lines: string[] = [];
  const screen = {
    ...{ redraws: false, pictures: false },
    show: ({ line }: Frame) => Promise.resolve(void lines.push(line)),
    close: () => Promise.resolve(void lines.push("closed")),
  };
  await waitingLine(() => screen).close();
  assertEquals(lines, []);
  const line = waitingLine(() => screen);
  line.say("for a record");
  await line.close();
  assertEquals([lines[0], lines.at(-1)], ["Waiting: for a record", "closed"]);
});
