/** Fields, headers and parameters whose value is a secret wherever they stand, by their names' ends. */
const SECRET =
  /(?:token|jwt|secret|password|passwd|passphrase|authorization|cookie|assertion|devicecode|codeverifier|sessionid|(?:api|access|secret|private|subscription|shared|account)key|accesskeyid)$/;

/** What is a secret in the query of an address, and an ordinary word everywhere else. */
const SECRET_IN_ADDRESS = new Set([
  "code",
  "key",
  "auth",
  "pwd",
  "pass",
  "ticket",
  "session",
  "sid",
]);

/** What makes an address open one file for a while, for whoever has it. */
const SIGNATURE =
  /^(?:(?:x?(?:amz|goog))(?:signature|credential|securitytoken|signedheaders)|signature|sig|sign|signed|hmac|credential|policy|keypairid|awsaccesskeyid|googleaccessid)$/;

/** Parts of such a signature that tell nothing that has to be hidden. */
const EXPIRY = /^(?:x?(?:amz|goog)expires|expires|exp)$/;

/** A header that is there to carry a secret; one too many is hidden rather than one too few. */
const SECRET_HEADER = /auth|cookie|token|key|secret|password|signature/i;

/** A name without the ways in which it can be spelt: `clientSecret`, `client_secret`, `Client-Secret`. */
function plain(name: string): string {
  return name.slice(0, 100).toLowerCase().replace(/[-_.]/g, "");
}

/**
 * Whether a field of this name holds a token, a password or the like.
 *
 * @example
 * ```ts
 * import { isSecretName } from "./secret_names.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["refresh_token", "apiKey", "tokens", "bbox"].map(isSecretName), [true, true, false, false]);
 * ```
 */
export function isSecretName(name: string): boolean {
  return SECRET.test(plain(name));
}

/** Whether the query parameter of this name has to be hidden: secrets, and the signatures of signed addresses. */
export function isSecretInAddress(name: string): boolean {
  const word = plain(name);
  return SECRET.test(word) || SECRET_IN_ADDRESS.has(word) || SIGNATURE.test(word);
}

/** Whether the query parameter of this name belongs to a signature, which opens one file for a while. */
export function isSignatureName(name: string): boolean {
  const word = plain(name);
  return SIGNATURE.test(word) || EXPIRY.test(word);
}

/** Whether a header of this name has a value that no message may show. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name);
}
