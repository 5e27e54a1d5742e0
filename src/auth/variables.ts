import { SignInError } from "../http/token/sign_in_error.ts";

/** What the environment of this program says, under a name; nothing if it says nothing. */
export type Variables = (name: string) => string | undefined;

/**
 * The environment's variables.
 *
 * @throws {SignInError} if this program may not see one of them.
 */
export function readVariable(name: string): string | undefined {
  try {
    const value = typeof Deno === "undefined" ? nodeVariable(name) : Deno.env.get(name);
    return value === "" ? undefined : value;
  } catch {
    throw new SignInError(
      `Cannot see the environment variable ${name}: allow it (deno run --allow-env=${name})`,
      { reason: "permission" },
    );
  }
}

/** The same for what is only good to know: nobody is asked for a permission, and what may not be seen is not there. */
export function glimpseVariable(name: string): string | undefined {
  if (typeof Deno === "undefined") return readVariable(name);
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  return state === "granted" ? readVariable(name) : undefined;
}

/** Whether a variable can be seen without anybody being asked. */
export function isVisible(name: string): boolean {
  return typeof Deno === "undefined" ||
    Deno.permissions.querySync({ name: "env", variable: name }).state === "granted";
}

function nodeVariable(name: string): string | undefined {
  const { env }: { env?: unknown } = Object(Reflect.get(globalThis, "process"));
  const value: unknown = Reflect.get(Object(env), name);
  return typeof value === "string" ? value : undefined;
}
