const REDACTED = "[redacted]";

/** The query parameters that carry a secret: tokens, and the signatures of signed links. */
const SECRET_QUERY =
  /([?&;](?:access_token|refresh_token|id_token|token|code|sig|signature|awsaccesskeyid|x-(?:amz|goog)-(?:signature|credential|security-token))=)[^&\s"'<>\\]+/gi;

/** A header's value as servers and proxies print it. */
const SECRET_HEADER = /((?:authorization|cookie|x-api-key)["']?\s*[:=,]\s*["']?)[^"'\r\n]+/gi;

const CREDENTIALS = /\b(Bearer|Basic)\s+[\w.~+/-]+=*/gi;

const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g;

/**
 * A text without secrets: the ones that are known, and whatever looks like one, such as a bearer token
 * or the signature of a signed link.
 *
 * @example
 * ```ts
 * import { redact } from "./redact.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(redact("got s3cret", ["s3cret"]), "got [redacted]");
 * assertEquals(redact("wss://x.test/ws?token=abc&interval=1"), "wss://x.test/ws?token=[redacted]&interval=1");
 * ```
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    for (const form of new Set([secret, encodeURIComponent(secret), quoted(secret)])) {
      clean = clean.replaceAll(form, REDACTED);
    }
  }
  return clean
    .replace(SECRET_QUERY, `$1${REDACTED}`)
    .replace(SECRET_HEADER, `$1${REDACTED}`)
    .replace(CREDENTIALS, `$1 ${REDACTED}`)
    .replace(JSON_WEB_TOKEN, REDACTED);
}

/** An error to stand as the cause of ours: its name, message and stack without secrets, and nothing else. */
export function redactCause(error: unknown, secrets: readonly string[]): Error {
  if (!(error instanceof Error)) return new Error(redact(String(error), secrets));
  const { name, message, stack, cause } = error;
  const clean = new Error(
    redact(message, secrets),
    cause === undefined ? undefined : { cause: redactCause(cause, secrets) },
  );
  clean.name = name;
  if (stack !== undefined) clean.stack = redact(stack, secrets);
  return clean;
}

function quoted(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}
