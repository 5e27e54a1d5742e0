import { clean } from "../../core/clean.ts";
import { DispatchError, type DispatchErrorOptions } from "../../core/dispatch_error.ts";
import { formatIssues, type Issue } from "./issue.ts";

/** Options of {@linkcode ModelInvalidError}. */
export interface ModelInvalidErrorOptions extends DispatchErrorOptions {
  /** Everything that is wrong, each problem with its path. */
  readonly issues: readonly Issue[];
}

/**
 * A value that does not fit its model, thrown by every model's `parse`.
 *
 * @example
 * ```ts
 * import { ModelInvalidError, ServiceDetails } from "@apex-dispatch/client";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => ServiceDetails.parse({ endpoint: 5, application: "water" }),
 *   ModelInvalidError,
 *   "endpoint: expected a string, got the number 5",
 * );
 * ```
 */
export class ModelInvalidError extends DispatchError {
  static {
    this.prototype.name = "ModelInvalidError";
  }

  /** Everything that is wrong, each problem with its path. */
  readonly issues: readonly Issue[];

  /** Makes an error from its first line; the issues follow it in the message. */
  constructor(headline: string, options: ModelInvalidErrorOptions) {
    const issues = options.issues.map(({ path, message }) => ({
      path: clean(path),
      message: clean(message),
    }));
    super(`${headline}:\n  ${formatIssues(issues)}`, options);
    this.issues = issues;
  }
}
