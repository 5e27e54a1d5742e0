import { SignInError } from "../../http/token/sign_in_error.ts";
import type { Variables } from "../variables.ts";

/** The systems that differ in where programs keep their state. */
export type System = "linux" | "darwin" | "windows";

/**
 * The file where sign-ins are kept: `$XDG_STATE_HOME/apex-dispatch/sign-in.json`, else below `~/.local/state`; on macOS
 * below `~/Library/Application Support`, on Windows below `%LOCALAPPDATA%`.
 *
 * @example
 * ```ts
 * import { storePath } from "./place.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const home = (name: string) => name === "HOME" ? "/home/ada" : undefined;
 * assertEquals(storePath(home, "linux"), "/home/ada/.local/state/apex-dispatch/sign-in.json");
 * ```
 */
export function storePath(variable: Variables, system: System = systemAtHand()): string {
  const separator = system === "windows" ? "\\" : "/";
  try {
    return [stateFolder(variable, system), "apex-dispatch", "sign-in.json"].join(separator);
  } catch (error) {
    throw error instanceof SignInError && error.reason === "permission" ? hidden(system) : error;
  }
}

/** The variables that say where, of each system. */
const NAMES: Readonly<Record<System, string>> = {
  linux: "HOME,XDG_STATE_HOME",
  darwin: "HOME",
  windows: "LOCALAPPDATA",
};

/** All that has to be allowed is named at once, not one after the other. */
function hidden(system: System): SignInError {
  const names = NAMES[system];
  return new SignInError(
    `Cannot see where the sign-in is kept: this program may not read ${
      names.replace(",", " and ")
    }: allow it ` +
      `(deno run --allow-env=${names}), or use signIn({ store: "memory" })`,
    { reason: "permission" },
  );
}

function stateFolder(variable: Variables, system: System): string {
  if (system === "windows") return needed(variable, "LOCALAPPDATA");
  if (system === "darwin") return `${home(variable)}/Library/Application Support`;
  const state = variable("XDG_STATE_HOME");
  // A path that is not absolute is to be ignored (XDG Base Directory Specification).
  return state?.startsWith("/") ? state : `${home(variable)}/.local/state`;
}

function home(variable: Variables): string {
  return needed(variable, "HOME").replace(/\/$/, "");
}

function needed(variable: Variables, name: string): string {
  const value = variable(name);
  if (value !== undefined) return value;
  throw new SignInError(
    `Cannot keep the sign-in: the environment variable ${name} does not say where: set it, or use signIn({ store: "memory" })`,
    { reason: "store" },
  );
}

function systemAtHand(): System {
  const platform: unknown = typeof Deno === "undefined"
    ? Reflect.get(Object(Reflect.get(globalThis, "process")), "platform")
    : Deno.build.os;
  return platform === "darwin"
    ? "darwin"
    : platform === "windows" || platform === "win32"
    ? "windows"
    : "linux";
}
