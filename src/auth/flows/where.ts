import type { Variables } from "../variables.ts";

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
 * import { whereIsBrowser } from "./where.ts";
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
