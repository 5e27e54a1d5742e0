import type { Clock } from "../../core/waiting.ts";
import type { SignInPrompt } from "../prompt/prompt.ts";
import type { Provider } from "../provider/provider.ts";
import type { Variables } from "../variables.ts";

/** What every way to sign in works with. */
export interface FlowParts {
  /** The sign-in service. */
  readonly provider: Provider;
  /** What is asked for. */
  readonly scope: string;
  /** What the time is read from. */
  readonly clock: Clock;
  /** Ends it at once. */
  readonly signal: AbortSignal;
  /** Shows a prompt in place of the one before. */
  readonly show: (prompt: SignInPrompt, remark?: string) => Promise<void>;
  /** Whether to show it again when only the time has gone on. */
  readonly redraws: boolean;
}

/** What tells that this program runs on another machine than the browser that shows it. */
const REMOTE = [
  "SSH_CONNECTION",
  "CODESPACES",
  "KUBERNETES_SERVICE_HOST",
  "JUPYTERHUB_USER",
  "JUPYTERHUB_API_URL",
] as const;

/**
 * Whether a browser is on the machine of this program, so that it can come back to it: `here`, `elsewhere`, or in
 * doubt, where what would tell may not be looked at.
 *
 * @example
 * ```ts
 * import { whereIsBrowser } from "./flow.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const hub = (name: string) => name === "JUPYTERHUB_USER" ? "ada" : undefined;
 * assertEquals(whereIsBrowser(hub, () => true), "elsewhere");
 * ```
 */
export function whereIsBrowser(
  variable: Variables,
  visible: (name: string) => boolean,
): "here" | "elsewhere" | "doubt" {
  if (REMOTE.some((name) => variable(name) !== undefined)) return "elsewhere";
  return REMOTE.every(visible) ? "here" : "doubt";
}
