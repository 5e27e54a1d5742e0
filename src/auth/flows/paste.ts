import { orAborted } from "../../core/waiting.ts";
import { kernelAtHand } from "../../display/follow/kernel.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";
import type { SignInPrompt } from "../prompt/prompt.ts";
import type { Tokens } from "../provider/tokens.ts";
import type { FlowParts } from "./flow.ts";

/** Asks for an address in a line of text; nothing where there is nobody to ask. */
export type AskForLine = (
  prompt: SignInPrompt,
  signal: AbortSignal,
) => Promise<string | undefined>;

/** How often an address that does not fit is asked for again. */
const MOST_TRIES = 3;

/**
 * Signs in with a browser anywhere: its last address, which this program is not behind, is pasted (authorization code with
 * PKCE).
 */
export async function pasteFlow(
  { provider, scope, signal, show }: FlowParts,
  { redirectUri, ask }: { readonly redirectUri: string; readonly ask: AskForLine },
): Promise<Tokens> {
  const request = await provider.startCode({ scope, redirectUri, signal });
  const prompt = { kind: "paste", url: request.url } as const;
  let remark: string | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await show(prompt, remark);
    const text = await orAborted(ask(prompt, signal), signal);
    if (text === undefined) throw nobody();
    const address = readAddress(text, redirectUri);
    if (address?.searchParams.get("state") === request.state) {
      return await provider.finishCode(request, address, { signal });
    }
    remark = address === undefined
      ? `that was no address that begins with ${redirectUri}: copy the whole of it`
      : "that address belongs to another sign-in: open the link above, and copy where it ends";
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

const QUESTION = "Address at which the browser ended:";

/** Asks in the cell, or in the terminal. */
export const askForLine: AskForLine = async (_prompt, signal) => {
  if (kernelAtHand() !== undefined) return globalThis.prompt(QUESTION) ?? undefined;
  const { stdin, stderr } = await import("node:process");
  if (!stdin.isTTY) return undefined;
  const { createInterface } = await import("node:readline/promises");
  const reader = createInterface({ input: stdin, output: stderr });
  try {
    return await reader.question(`${QUESTION} `, { signal });
  } finally {
    reader.close();
  }
};
