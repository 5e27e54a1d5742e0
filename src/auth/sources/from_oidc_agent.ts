import { redact } from "../../core/redact.ts";
import { phrase } from "../../core/text.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";
import type { TokenFunction } from "./kept_token.ts";

/** What came of a program. */
export interface Finished {
  /** Its exit code; a word where it did not run. */
  readonly code: number | string;
  /** What it printed. */
  readonly output: string;
  /** What it complained about. */
  readonly errors: string;
}

/** Runs a program with arguments to its end. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<Finished>;

/** How much of a token's life has to be left, in seconds. */
const LEFT = 60;

/**
 * Tokens of an account in [oidc-agent](https://indigo-dc.gitbook.io/oidc-agent), which keeps and renews them for all
 * programs of a user: its `oidc-token` is asked for every call (`--allow-run=oidc-token`).
 *
 * @param account the account's short name, as `oidc-add --list` gives it.
 * @throws {SignInError} in the call, if there is no agent (`reason: "missing"`), or it has no token.
 */
export function fromOidcAgent(account: string): TokenFunction {
  return fromOidcAgentWith(account, runProgram);
}

/** The same with something else that runs programs. */
export function fromOidcAgentWith(account: string, run: RunProgram): TokenFunction {
  if (typeof account !== "string" || !/^[^\s-]\S{0,500}$/.test(account)) {
    throw new SignInError(
      "Cannot ask oidc-agent: expected the short name of an account (see oidc-add --list)",
      { reason: "missing" },
    );
  }
  return async ({ rejected } = {}) => {
    const force = rejected === undefined ? [] : ["--force-new"];
    const { code, output, errors } = await run("oidc-token", [`--time=${LEFT}`, ...force, account]);
    const token = output.trim();
    if (code === 0 && token !== "") return token;
    if (code === "ENOENT") {
      throw new SignInError(
        "Cannot ask oidc-agent: there is no program oidc-token: install oidc-agent, or call signIn()",
        { reason: "missing" },
      );
    }
    if (code === "NotCapable" || code === "EACCES") {
      throw new SignInError(
        "Cannot ask oidc-agent: this program may not run oidc-token: allow it (deno run --allow-run=oidc-token)",
        { reason: "permission" },
      );
    }
    const said = phrase(redact(errors === "" ? `exit code ${code}` : errors), 300);
    throw new SignInError(
      `oidc-agent has no token for the account "${account}" (${said}): is the agent running (OIDC_SOCK), ` +
        `and the account loaded? oidc-add ${account}`,
      { reason: "missing" },
    );
  };
}

const runProgram: RunProgram = async (program, args) => {
  const { execFile } = await import("node:child_process");
  return await new Promise((resolve) => {
    try {
      execFile(program, args, { timeout: 30_000, encoding: "utf8" }, (error, output, errors) => {
        const code = error === null
          ? 0
          : error.name === "NotCapable"
          ? error.name
          : error.code ?? 1;
        resolve({ code, output, errors });
      });
    } catch (error) {
      const { name, code }: { name?: unknown; code?: unknown } = Object(error);
      resolve({
        code: String(name === "NotCapable" ? name : code ?? name),
        output: "",
        errors: "",
      });
    }
  });
};
