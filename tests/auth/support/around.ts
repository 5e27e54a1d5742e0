import { systemClock } from "../../../src/core/waiting.ts";
import type { Outcome, SignInPrompt } from "../../../src/auth/prompt/prompt.ts";
import { listenOnLoopback } from "../../../src/auth/flows/browser.ts";
import { machineFetch } from "../../../src/auth/provider/provider_fetch.ts";
import type { Surroundings } from "../../../src/auth/sign_in.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../src/sandbox/start.ts";

/** Surroundings that note what is shown, and what a test does about a prompt. */
export interface Noted extends Surroundings {
  readonly prompts: readonly {
    readonly prompt: SignInPrompt;
    readonly remark?: string | undefined;
  }[];
  readonly outcomes: readonly Outcome[];
  readonly warnings: readonly string[];
}

/** Makes such surroundings; `act` sees each prompt. */
export function surroundings(
  act: (prompt: SignInPrompt) => void | Promise<void> = () => {},
  changes: Partial<Surroundings> = {},
): Noted {
  const prompts: { prompt: SignInPrompt; remark?: string | undefined }[] = [];
  const outcomes: Outcome[] = [];
  const warnings: string[] = [];
  return {
    prompts,
    outcomes,
    warnings,
    clock: systemClock,
    fetch: machineFetch,
    variable: () => undefined,
    screen: () => ({
      redraws: false,
      async show(prompt, remark) {
        prompts.push({ prompt, remark });
        await act(prompt);
      },
      end(outcome) {
        outcomes.push(outcome);
        return Promise.resolve();
      },
    }),
    listen: listenOnLoopback,
    askForLine: () => Promise.resolve(undefined),
    somebodyHere: () => Promise.resolve(true),
    browserHere: () => true,
    warn: (message) => void warnings.push(message),
    ...changes,
  };
}

/** A sandbox whose devices may poll fast. */
export function quickSandbox(options: SandboxOptions = {}): Sandbox {
  return startSandbox({ ...options, identity: { interval: 0.1, ...options.identity } });
}

/** Approves a device's code, as the user would on its page. */
export function approving(sandbox: Sandbox): (prompt: SignInPrompt) => void {
  return (prompt) => {
    if (prompt.kind === "device") sandbox.identity.approve(prompt.code);
  };
}

/** What a sandbox is signed in to with. */
export function at(sandbox: Sandbox): {
  readonly issuer: string;
  readonly clientId: string;
  readonly service: string;
} {
  return { issuer: sandbox.issuer, clientId: sandbox.clientId, service: sandbox.url };
}
