import { orAborted } from "../../core/waiting.ts";
import { kernelAtHand } from "../../display/follow/screen.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";
import type { SignInPrompt } from "../prompt/prompt.ts";
import type { Tokens } from "../provider/tokens.ts";
import type { FlowParts } from "./flow.ts";

/** Asks for an address in a line of text; nothing where none was given. */
export type AskForLine = (
  prompt: SignInPrompt,
  signal: AbortSignal,
) => Promise<string | undefined>;

/** How often an address that does not fit is asked for again. */
const MOST_TRIES = 3;

/**
 * Signs in with a browser anywhere: its last address, which this program is not behind, is pasted (authorization code with
 * PKCE). Whether there is somebody to ask is looked at first: nobody waits for a link that nobody reads.
 */
export async function pasteFlow(
  { provider, scope, signal, show }: FlowParts,
  { redirectUri, ask }: { readonly redirectUri: string; readonly ask: AskForLine | undefined },
): Promise<Tokens> {
  if (ask === undefined) throw nobody();
  checkAddress(redirectUri);
  const request = await provider.startCode({ scope, redirectUri, signal });
  const prompt = { kind: "paste", url: request.url } as const;
  let remark: string | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await show(prompt, remark);
    const text = await orAborted(ask(prompt, signal), signal);
    if (text === undefined) throw noAddress();
    const address = readAddress(text, redirectUri);
    if (address?.searchParams.get("state") === request.state) {
      return await provider.finishCode(request, address, { signal });
    }
    remark = address === undefined
      ? `copy the whole address: that was none at ${redirectUri}`
      : "that address is of another sign-in: open the link above";
  }
  throw new SignInError(
    `Cannot sign in: ${remark ?? "no address that fits"}. Call signIn() again`,
    { reason: "refused" },
  );
}

/** The address that was pasted; nothing where it is none. */
function readAddress(text: string, redirectUri: string): URL | undefined {
  const found = URL.parse(text.trim().replace(/^["'<]|["'>]$/g, ""));
  const target = new URL(redirectUri);
  return found?.origin === target.origin && found.pathname === target.pathname &&
      (found.searchParams.has("code") || found.searchParams.has("error"))
    ? found
    : undefined;
}

function nobody(): SignInError {
  return new SignInError(
    "Cannot sign in: there is nobody to ask, neither in a notebook nor in a terminal: sign in once in one of them, " +
      "which is kept for this program, or use clientCredentials, fromOidcAgent or fromEnvironment",
    { reason: "nobody" },
  );
}

function noAddress(): SignInError {
  return new SignInError(
    "Cannot sign in: no address came back: call signIn() again, and paste the address at which the browser ends " +
      "(an onPrompt of your own hands it back). A notebook that is run by itself has nobody to ask: " +
      "clientCredentials, fromOidcAgent or fromEnvironment do without",
    { reason: "nobody" },
  );
}

function checkAddress(redirectUri: string): void {
  if (URL.canParse(redirectUri)) return;
  throw new SignInError(
    `Cannot sign in: ${redirectUri} is no address that a browser can end at (option redirectUri)`,
    { reason: "flow" },
  );
}

/** Whether there is somebody who can be asked for a line: in a notebook, or in a terminal. */
export async function isSomebodyHere(): Promise<boolean> {
  if (kernelAtHand() !== undefined) return true;
  const { stdin } = await import("node:process");
  return stdin.isTTY === true;
}

const QUESTION = "Address at which the browser ended:";

/** Asks in the cell, or in the terminal. */
export const askForLine: AskForLine = async (_prompt, signal) => {
  if (kernelAtHand() !== undefined) return globalThis.prompt(QUESTION) ?? undefined;
  const { stdin, stderr } = await import("node:process");
  return await lineFrom({ input: stdin, output: stderr }, signal);
};

/**
 * A line that is typed in a terminal, below what it shows; nothing where its input ends (Ctrl+D). While it is edited, the
 * terminal makes no signal of Ctrl+C: it is told to the line alone.
 */
export async function lineFrom(
  { input, output, terminal }: {
    readonly input: NodeJS.ReadableStream;
    readonly output: NodeJS.WritableStream;
    /** Whether keys are told one by one. @default what the output is */
    readonly terminal?: boolean;
  },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { createInterface } = await import("node:readline/promises");
  const reader = createInterface({
    input,
    output,
    ...(terminal === undefined ? {} : { terminal }),
  });
  const ended = Promise.withResolvers<undefined>();
  reader.once("SIGINT", () => ended.reject(stopped()));
  reader.once("close", () => ended.resolve(undefined));
  try {
    // The question takes a line of its own: it would stand over what is said in the last one.
    output.write("\n");
    return await Promise.race([reader.question(`${QUESTION} `, { signal }), ended.promise]);
  } finally {
    ended.promise.catch(() => {});
    reader.close();
  }
}

/** Whoever asked to stop is told that nobody is signed in. */
export function stopped(): SignInError {
  return new SignInError("Sign-in stopped: nobody is signed in. Run the cell again to sign in", {
    reason: "stopped",
  });
}
