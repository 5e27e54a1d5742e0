const REDACTED = "[redacted]";

/** The query parameters that carry a secret: tokens, and the signatures of signed links. */
const SECRET_QUERY =
  /([?&;](?:access_token|refresh_token|id_token|token|code|sig|signature|awsaccesskeyid|x-(?:amz|goog)-(?:signature|credential|security-token))=)[^&\s"'<>\\]+/gi;

/** A header's value as servers and proxies print it. */
const SECRET_HEADER = /((?:authorization|cookie|x-api-key)["']?\s*[:=,]\s*["']?)[^"'\\\r\n]+/gi;

/** Credentials, told from words such as "Bearer token" by their digits or their length. */
const CREDENTIALS = /\b(Bearer|Basic)\s+(?:(?=[\w.~+/-]*\d)[\w.~+/-]{6,}|[\w.~+/-]{20,})=*/gi;

const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g;

/** How much of a longer secret gives it away, so that a shortened one is found as well. */
const TELLING_START = 16;

/** How deep a chain of causes is followed. */
const MAX_CAUSES = 8;

/**
 * A text without secrets: the ones that are known, also where they are encoded for JSON, a URL or HTML, and
 * whatever looks like one, such as a bearer token or the signature of a signed link.
 *
 * @example
 * ```ts
 * import { redact } from "./redact.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(redact("got s3cret", ["s3cret"]), "got [redacted]");
 * assertEquals(redact("got a%2Fb", ["a/b"]), "got [redacted]");
 * assertEquals(redact("wss://x.test/ws?token=abc&interval=1"), "wss://x.test/ws?token=[redacted]&interval=1");
 * ```
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of [...new Set(secrets)].sort((a, b) => b.length - a.length)) {
    clean = clean.replace(patternOf(secret), REDACTED);
  }
  return clean
    .replace(SECRET_QUERY, `$1${REDACTED}`)
    .replace(SECRET_HEADER, `$1${REDACTED}`)
    .replace(CREDENTIALS, `$1 ${REDACTED}`)
    .replace(JSON_WEB_TOKEN, REDACTED);
}

/** A value from JSON without secrets, in its strings as in its keys. */
export function redactJson(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return redact(value, secrets);
  if (Array.isArray(value)) return value.map((item) => redactJson(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redact(key, secrets), redactJson(item, secrets)]),
  );
}

/** Headers without the secrets that are known: the very same where there are none. */
export function redactHeaders(headers: Headers, secrets: readonly string[]): Headers {
  const pairs = [...headers];
  const clean = pairs.map(([name, value]) => [name, redact(value, secrets)] as [string, string]);
  return pairs.some(([, value], index) => value !== clean[index]?.[1])
    ? new Headers(clean)
    : headers;
}

/** An error to stand as the cause of ours: its name, message and stack without secrets, and nothing else. */
export function redactCause(error: unknown, secrets: readonly string[], depth = 1): Error {
  if (!(error instanceof Error)) return new Error(redact(textOf(error), secrets));
  const { name, message, stack, cause } = error;
  const clean = new Error(
    redact(textOf(message), secrets),
    cause === undefined || depth >= MAX_CAUSES
      ? undefined
      : { cause: redactCause(cause, secrets, depth + 1) },
  );
  clean.name = redact(textOf(name), secrets);
  if (typeof stack === "string") clean.stack = redact(stack, secrets);
  return clean;
}

/** Whatever was thrown as text; not everything can be made one. */
function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "something that cannot be shown";
  }
}

/** What finds a secret as it is and as it is encoded; of a long one its beginning, with whatever follows. */
function patternOf(secret: string): RegExp {
  const forms = Array.from(secret, formsOf);
  const whole = forms.join("");
  return forms.length < TELLING_START + 8
    ? new RegExp(whole, "g")
    : new RegExp(`${whole}|${forms.slice(0, TELLING_START).join("")}[\\w.~+/=%-]*`, "g");
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  "&": "amp",
  "<": "lt",
  ">": "gt",
  '"': "quot",
  "'": "apos",
};

/** A pattern for the forms that a character can take: letters and digits have but one. */
function formsOf(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...new TextEncoder().encode(character)].map((byte) => `%${hex(byte, 2)}`).join("");
  const name = NAMED_ENTITIES[character];
  return `(?:${
    [
      `\\\\*${character.replace(/[^\w]/, "\\$&")}`,
      bytes,
      `\\\\+u${hex(code, 4)}`,
      `&#(?:0*${code}|[xX]0*${hex(code, 1)});`,
      ...(name === undefined ? [] : [`&${name};`]),
      ...(character === " " ? ["\\+"] : []),
    ].join("|")
  })`;
}

/** A number in hexadecimal digits, as a pattern for digits of either case. */
function hex(number: number, length: number): string {
  return number.toString(16).padStart(length, "0").replace(
    /[a-f]/g,
    (digit) => `[${digit}${digit.toUpperCase()}]`,
  );
}
