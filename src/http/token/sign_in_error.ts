import { DispatchError, type DispatchErrorOptions } from "../../core/dispatch_error.ts";

/**
 * Why nobody is signed in.
 *
 * - `denied`: the user said no; `expired`: nobody said yes in time; `stopped`: the Stop button, or Ctrl+C.
 * - `ended`: the session is over, so somebody has to sign in again; `signed-out`: by `signOut`.
 * - `client`: the client id (or its secret) is not known there; `flow`: it may not sign in in this way.
 * - `issuer`: no sign-in service there, or one that calls itself otherwise.
 * - `unreachable`: no answer, or one of something in between; `refused`: an answer that says no, in its own words.
 * - `clock`: the clock of this machine is wrong; `port`: the port that a browser would come back to is taken.
 * - `permission`: this program lacks one; `store`: what is kept cannot be read or written.
 * - `nobody`: there is nobody to ask; `missing`: what was to be used is not there.
 */
export type SignInFailure =
  | "client"
  | "clock"
  | "denied"
  | "ended"
  | "expired"
  | "flow"
  | "issuer"
  | "missing"
  | "nobody"
  | "permission"
  | "port"
  | "refused"
  | "signed-out"
  | "stopped"
  | "store"
  | "unreachable";

/** Options of {@linkcode SignInError}. */
export interface SignInErrorOptions extends DispatchErrorOptions {
  /** Why. */
  readonly reason: SignInFailure;
}

/**
 * There is no token to be had: `reason` says why, the message what to do. A token function that throws one has it passed
 * on as it is by the call that needed the token; nothing was sent then.
 *
 * @example
 * ```ts
 * import { fromEnvironment, SignInError } from "@apex-dispatch/client/auth";
 * import { assertEquals } from "@std/assert";
 *
 * try {
 *   fromEnvironment();
 * } catch (error) {
 *   assertEquals(error instanceof SignInError && error.reason, "missing");
 * }
 * ```
 */
export class SignInError extends DispatchError {
  static {
    this.prototype.name = "SignInError";
  }

  /** Why. */
  readonly reason: SignInFailure;

  /** Makes an error from its whole message. */
  constructor(message: string, options: SignInErrorOptions) {
    super(message, options);
    this.reason = options.reason;
  }
}
