/** What stands for a token, a password or a signature. */
export const HIDDEN = "(hidden)";

const NAMES =
  "(?:access_?|id_?|refresh_?|auth_?|bearer_?)?token|jwt|api_?key|password|passwd|(?:client_?)?secret|authorization";
const SIGNATURES = "(?:x-(?:amz|goog)-)?(?:signature|security-token)|sig";

const NAME = new RegExp(`^(?:${NAMES})$`, "i");
const VALUE = `[^&#;\\s"'<>]+`;
const SECRET = new RegExp(`[?&#;](?:${NAMES})=${VALUE}`, "i");
const QUERY = new RegExp(`([?&#;](?:${NAMES}|${SIGNATURES})=)${VALUE}`, "gi");
const USER = /(\w:[/\\]{2})[^/\\?#\s"'<>@]+@(?=[^\s@]+\.|localhost|\[)/g;
const BEARER = /(\b(?:Bearer|Basic) +)[\w\-.~+/]{16,}=*/gi;

/** Whether a field or query parameter of this name holds a token or a password. */
export function isSecretName(name: string): boolean {
  return NAME.test(name);
}

/** Whether an address holds a token or a password; a signature is neither, it opens one file for a while. */
export function holdsSecret(address: string): boolean {
  return SECRET.test(address) || address.search(USER) !== -1;
}

/**
 * A text without the tokens, passwords and signatures that stand in addresses and headers within it.
 *
 * @example
 * ```ts
 * import { hideSecrets } from "./secrets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   hideSecrets("see https://me:pw@data.example.test/a.tif?v=1&token=abc"),
 *   "see https://(hidden)@data.example.test/a.tif?v=1&token=(hidden)",
 * );
 * ```
 */
export function hideSecrets(text: string): string {
  if (!/[=@]|bearer|basic/i.test(text)) return text;
  return text.replace(QUERY, `$1${HIDDEN}`).replace(USER, `$1${HIDDEN}@`)
    .replace(BEARER, `$1${HIDDEN}`);
}
