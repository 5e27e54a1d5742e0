import { assertEquals, assertRejects } from "@std/assert";
import { deviceFlow } from "../../../src/auth/flows/device.ts";
import type { FlowParts } from "../../../src/auth/flows/flow.ts";
import type { SignInPrompt } from "../../../src/auth/prompt/prompt.ts";
import type { DeviceGrant, PollAnswer, Provider } from "../../../src/auth/provider/provider.ts";
import type { Tokens } from "../../../src/auth/provider/tokens.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { instantClock } from "../../support/clock.ts";
import { test } from "../../support/test.ts";

const tokens: Tokens = {
  accessToken: "a",
  expires: 0,
  life: 0,
  refreshToken: "r",
  sessionExpires: undefined,
  subject: undefined,
  user: "ada",
};

/** A flow whose polls are answered one after the other. */
function flow(answers: (PollAnswer | Error)[], redraws = false, life = 60_000) {
  const clock = instantClock();
  const shown: { prompt: SignInPrompt; remark?: string | undefined; at: number }[] = [];
  let codes = 0;
  const polls: number[] = [];
  const never = () => Promise.reject(new Error("not asked for"));
  const provider: Provider = {
    startDevice: () =>
      Promise.resolve<DeviceGrant>({
        deviceCode: "secret",
        userCode: `CODE-${++codes}`,
        url: "https://auth.example.test/device",
        completeUrl: undefined,
        expires: clock.now() + (codes > 3 ? 60_000 : life),
        interval: 5_000,
      }),
    pollDevice() {
      polls.push(clock.now());
      const answer = answers.shift() ?? "pending";
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    startCode: never,
    finishCode: never,
    refresh: never,
    ownTokens: never,
    revoke: never,
  };
  const parts: FlowParts = {
    provider,
    scope: "openid",
    clock,
    signal: new AbortController().signal,
    redraws,
    show: (prompt, remark) => {
      shown.push({ prompt, remark, at: clock.now() });
      return Promise.resolve();
    },
  };
  return { parts, shown, polls };
}

test("deviceFlow() polls at the interval, and more slowly when it is told to", async () => {
  const { parts, polls, shown } = flow(["pending", "slower", "pending", tokens]);
  assertEquals(await deviceFlow(parts), tokens);
  assertEquals(polls, [5_000, 10_000, 20_000, 30_000]);
  assertEquals(shown.length, 1);
});

test("deviceFlow() counts down each second where that can be seen", async () => {
  const { parts, shown } = flow(["pending", tokens], true);
  await deviceFlow(parts);
  assertEquals(shown.slice(0, 5).map(({ at }) => at), [0, 1_000, 2_000, 3_000, 4_000]);
});

test("deviceFlow() offers a new code when one has expired, here or there", async () => {
  const here = flow([...Array.from({ length: 11 }, () => "pending" as const), tokens]);
  assertEquals(await deviceFlow(here.parts), tokens);
  const there = flow([new SignInError("expired", { reason: "expired" }), tokens]);
  assertEquals(await deviceFlow(there.parts), tokens);
  const forgotten = flow([new SignInError("invalid_grant", { reason: "ended" }), tokens]);
  assertEquals(await deviceFlow(forgotten.parts), tokens);
  for (const { shown } of [here, there, forgotten]) {
    const codes = shown.map(({ prompt }) => prompt.kind === "device" ? prompt.code : "");
    assertEquals(codes, ["CODE-1", "CODE-2"]);
    assertEquals(shown[1]?.remark, "the code before has expired: this is a new one");
  }
});

test("deviceFlow() bears an outage of the sign-in service, and says so", async () => {
  const { parts, shown } = flow([
    new SignInError("502", { reason: "unreachable" }),
    "pending",
    tokens,
  ]);
  assertEquals(await deviceFlow(parts), tokens);
  assertEquals(shown.map(({ remark }) => remark), [
    undefined,
    "the sign-in service does not answer: trying again",
    undefined,
  ]);
});

test("deviceFlow() ends when the user denies", async () => {
  const denied = new SignInError("denied", { reason: "denied" });
  const { parts } = flow(["pending", denied]);
  assertEquals(await assertRejects(() => deviceFlow(parts)), denied);
});

test("deviceFlow() keeps the interval between codes that are over at once", async () => {
  const { parts, shown } = flow([tokens], false, 0);
  assertEquals(await deviceFlow(parts), tokens);
  assertEquals(shown.map(({ at }) => at), [0, 5_000, 10_000, 15_000]);
});
