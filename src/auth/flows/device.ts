import { SignInError } from "../../http/token/sign_in_error.ts";
import type { DeviceGrant } from "../provider/provider.ts";
import type { Tokens } from "../provider/tokens.ts";
import type { FlowParts } from "./flow.ts";

/** How much longer to wait after "slow_down", in milliseconds (RFC 8628, section 3.5). */
const SLOWER = 5_000;

/** How often a prompt is redrawn. */
const TICK = 1_000;

/** The shortest pause between two polls. */
const SHORTEST = 200;

/**
 * Signs in with a code that the user enters in a browser of his own, on whatever machine (RFC 8628). When a code expires, a
 * new one takes its place; the service's outages are borne meanwhile.
 *
 * @returns nothing where this client cannot sign in in this way.
 */
export async function deviceFlow(parts: FlowParts): Promise<Tokens | undefined> {
  const { provider, scope, clock, signal } = parts;
  let remark: string | undefined;
  for (;;) {
    const grant = await provider.startDevice({ scope, signal });
    if (grant === undefined) return undefined;
    const soonest = clock.now() + pauseOf(grant);
    const tokens = await waitFor(grant, parts, remark);
    if (tokens !== undefined) return tokens;
    // Codes that are over at once are not asked for one after the other without a breath.
    await clock.sleep(Math.max(soonest - clock.now(), 0), signal);
    remark = "the code before has expired: this is a new one";
  }
}

function pauseOf({ interval }: DeviceGrant): number {
  return Math.max(interval, SHORTEST);
}

/** Polls until the user has approved; nothing when the code expired. */
async function waitFor(
  grant: DeviceGrant,
  { provider, clock, signal, show, redraws }: FlowParts,
  start: string | undefined,
): Promise<Tokens | undefined> {
  const { url, completeUrl, userCode, expires } = grant;
  const prompt = {
    kind: "device",
    url,
    completeUrl,
    code: userCode,
    expires: new Date(expires),
  } as const;
  let remark = start;
  let pause = pauseOf(grant);
  let next = clock.now() + pause;
  await show(prompt, remark);
  while (clock.now() < expires) {
    const until = Math.min(next, expires) - clock.now();
    await clock.sleep(redraws ? Math.min(until, TICK) : until, signal);
    if (clock.now() >= next && clock.now() < expires) {
      const answer = await poll(grant, { provider, signal });
      if (typeof answer === "object" && "accessToken" in answer) return answer;
      if (answer === "expired") return undefined;
      if (answer === "slower") pause += SLOWER;
      const news = answer instanceof SignInError
        ? "the sign-in service does not answer: trying again"
        : start;
      if (news !== remark && !redraws) await show(prompt, news);
      remark = news;
      next = clock.now() + pause;
    }
    if (redraws) await show(prompt, remark);
  }
  return undefined;
}

/** One poll; what passes by itself is an answer, too. */
async function poll(
  grant: DeviceGrant,
  { provider, signal }: Pick<FlowParts, "provider" | "signal">,
): Promise<Tokens | "pending" | "slower" | "expired" | SignInError> {
  try {
    return await provider.pollDevice(grant, { signal });
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    // "invalid_grant": the code was forgotten, or the answer that took it was lost.
    if (error.reason === "expired" || error.reason === "ended") return "expired";
    if (error.reason === "unreachable") return error;
    throw error;
  }
}
