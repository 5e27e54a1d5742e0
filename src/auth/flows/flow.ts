import type { Clock } from "../../core/clock.ts";
import type { SignInPrompt } from "../prompt/prompt.ts";
import type { Provider } from "../provider/provider.ts";

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
