import { orDispatchErrorLater } from "../core/dispatch_error.ts";
import { type Clock, systemClock } from "../core/waiting.ts";
import { onStop } from "../display/follow/stop.ts";
import { SignInError } from "../http/token/sign_in_error.ts";
import {
  checkSignInOptions,
  environments,
  REDIRECT_URI,
  SCOPE,
  type SignInOptions,
} from "./sign_in_options.ts";
import { browserFlow, type Listen, listenOnLoopback } from "./flows/browser.ts";
import { deviceFlow } from "./flows/device.ts";
import { type FlowParts, whereIsBrowser } from "./flows/flow.ts";
import { type AskForLine, askForLine, isSomebodyHere, pasteFlow, stopped } from "./flows/paste.ts";
import { type PromptScreen, promptScreen } from "./prompt/prompt_screen.ts";
import { machineFetch } from "./provider/provider_fetch.ts";
import { openProvider } from "./provider/provider.ts";
import type { Tokens } from "./provider/tokens.ts";
import { alone, renewKept, type Session, sessionOf, type SessionParts } from "./session.ts";
import { environmentOf } from "./session_card.ts";
import { fileStore } from "./store/file_store.ts";
import { storePath } from "./store/place.ts";
import { memoryStore, storeKey } from "./store/store.ts";
import { glimpseVariable, isVisible, readVariable } from "./variables.ts";

/** What a sign-in takes from around it. */
export interface Surroundings {
  /** What the time is read from. */
  readonly clock: Clock;
  /** What fetches. */
  readonly fetch: typeof fetch;
  /** The environment's variables. */
  readonly variable: (name: string) => string | undefined;
  /** Where a prompt is shown. */
  readonly screen: (where: string) => PromptScreen;
  /** What waits for a browser. */
  readonly listen: Listen;
  /** What asks for a line of text. */
  readonly askForLine: AskForLine;
  /** Whether there is somebody whom it can ask. */
  readonly somebodyHere: () => Promise<boolean>;
  /** Whether a browser is where this program is. */
  readonly browserHere: () => boolean;
  /** Is told what is not as it should be. */
  readonly warn: (message: string) => void;
}

const HALF_AN_HOUR = 1_800_000;

/**
 * Signs a user in, in the cell or the terminal: with what is kept from the last time, else with a link, a code and a QR
 * code. The next program signs in silently.
 *
 * It needs the network (`--allow-net` for the issuer's host), and for the store the variables that say where it is
 * (`--allow-env=HOME,XDG_STATE_HOME`) and its folder (`--allow-read`, `--allow-write`); with `store: "memory"`
 * the network alone.
 *
 * @throws {SignInError} if nobody is signed in afterwards: `reason` says why, the message what to do.
 *
 * @example Against the sandbox, which needs no account
 * ```ts
 * import { AuthenticatedClient } from "@apex-dispatch/client";
 * import { signIn } from "@apex-dispatch/client/auth";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox({ identity: { interval: 0.1 } });
 * const { issuer, clientId, url: service } = sandbox;
 * const session = await signIn({
 *   issuer,
 *   clientId,
 *   service,
 *   store: "memory",
 *   onPrompt: (prompt) => prompt.kind === "device" ? sandbox.identity.approve(prompt.code) : undefined,
 * });
 * assertEquals(session.user, "ada");
 *
 * const client = new AuthenticatedClient({ baseUrl: session.service, token: session.token });
 * assertEquals((await client.unitJobs.list()).length, 0);
 * await session.signOut();
 * ```
 */
export function signIn(options: SignInOptions = {}): Promise<Session> {
  return orDispatchErrorLater(
    "Cannot sign in",
    options,
    () => signInWith(options, machineSurroundings()),
  );
}

/** The same with surroundings of one's own. */
export async function signInWith(
  options: SignInOptions,
  around: Surroundings,
): Promise<Session> {
  checkSignInOptions(options);
  const { fresh = false, signal } = options;
  signal?.throwIfAborted();
  const parts = partsOf(options, around);
  const kept = fresh ? undefined : await keptTokens(parts, signal);
  return sessionOf(parts, kept ?? await prompted(parts, options, around));
}

function partsOf(options: SignInOptions, around: Surroundings): SessionParts {
  const { fetch, clock, warn, variable } = around;
  const known = environments[options.environment ?? "production"];
  const { issuer = known.issuer, clientId = known.clientId, store = "file" } = options;
  return {
    // Tokens of a stranger are not for the service of an environment.
    service: options.service ?? (issuer === known.issuer ? known.service : undefined),
    issuer,
    clientId,
    clock,
    provider: openProvider({ issuer, clientId, fetch, clock }),
    store: store === "file"
      ? fileStore(storePath(variable), { clock, warn })
      : store === "memory"
      ? memoryStore()
      : store,
  };
}

/** Tokens by what is kept; nothing where nothing is, or it has ended. */
async function keptTokens(
  parts: SessionParts,
  signal: AbortSignal | undefined,
): Promise<Tokens | undefined> {
  try {
    return await renewKept(parts, signal);
  } catch (error) {
    if (error instanceof SignInError && error.reason === "ended") return undefined;
    throw error;
  }
}

/** Tokens by asking the user; they are kept. */
async function prompted(
  parts: SessionParts,
  options: SignInOptions,
  around: Surroundings,
): Promise<Tokens> {
  const { issuer, clientId, store, clock } = parts;
  const { signal, timeout = HALF_AN_HOUR, onPrompt } = options;
  const where = environmentOf(issuer) ?? new URL(issuer).host;
  const screen = around.screen(where);
  const ending = new AbortController();
  const onAbort = () => ending.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const stopListening = onStop(() => ending.abort(stopped()));
  const waiting = new AbortController();
  const late = timeout === null
    ? Promise.resolve()
    : clock.sleep(timeout, waiting.signal).then(() => ending.abort(tooLate(timeout)), () => {});
  try {
    const tokens = await chosenFlow(
      {
        provider: parts.provider,
        scope: options.scope ?? SCOPE,
        clock,
        signal: ending.signal,
        redraws: onPrompt === undefined && screen.redraws,
        show: async (prompt, remark) => {
          if (onPrompt === undefined) await screen.show(prompt, remark);
          else if (prompt.kind !== "paste") await onPrompt(prompt);
        },
      },
      options,
      around,
    );
    await alone(store, async () => {
      await store.set(storeKey(issuer, clientId), tokens.refreshToken);
    }, undefined);
    await screen.end({ ok: true, text: `${tokens.user ?? "(no name)"} (${where})` });
    return tokens;
  } catch (error) {
    // "Not signed in" stands before it.
    const text = error instanceof SignInError
      ? error.message.replace(/^(?:Cannot sign in: |Sign-in )/, "")
      : "given up";
    await screen.end({ ok: false, text });
    throw error;
  } finally {
    waiting.abort(null);
    await late;
    stopListening();
    signal?.removeEventListener("abort", onAbort);
  }
}

/** The first way that can be done. */
async function chosenFlow(
  parts: FlowParts,
  { flow = "auto", redirectUri = REDIRECT_URI, onPrompt }: SignInOptions,
  around: Surroundings,
): Promise<Tokens> {
  const browser = () => browserFlow(parts, { redirectUri, listen: around.listen });
  const paste = async () =>
    await pasteFlow(parts, {
      redirectUri,
      ask: onPrompt !== undefined
        ? async (prompt) => textOf(await onPrompt(prompt))
        : await around.somebodyHere()
        ? around.askForLine
        : undefined,
    });
  if (flow === "browser") return await browser();
  if (flow === "paste") return await paste();
  const tokens = await deviceFlow(parts);
  if (tokens !== undefined) return tokens;
  if (flow === "device") {
    throw new SignInError(
      "Cannot sign in: this client may not sign in with a code (device grant): leave the option flow out, or ask APEx support to allow it for that client",
      { reason: "flow" },
    );
  }
  if (!around.browserHere()) return await paste();
  try {
    return await browser();
  } catch (error) {
    if (error instanceof SignInError && error.reason === "port") return await paste();
    throw error;
  }
}

/** What a function of the user's hands back, if it is an address at all. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function tooLate(timeout: number): SignInError {
  return new SignInError(
    `Cannot sign in: nobody did within ${
      Math.round(timeout / 1000)
    } s (option timeout, in milliseconds). Call signIn() again; without a person: clientCredentials, fromOidcAgent, fromEnvironment`,
    { reason: "expired" },
  );
}

function machineSurroundings(): Surroundings {
  const clock = systemClock;
  return {
    clock,
    fetch: machineFetch,
    variable: readVariable,
    screen: (where) => promptScreen({ where, clock }),
    listen: listenOnLoopback,
    askForLine,
    somebodyHere: isSomebodyHere,
    browserHere: () => whereIsBrowser(glimpseVariable, isVisible) === "here",
    warn: (message) => console.warn(message),
  };
}
