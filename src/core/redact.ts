import { isSecretInAddress, isSecretName, patternOf } from "./secrets.ts";
import { shortStack } from "./stack.ts";
import { oneLine, printable } from "./text.ts";

/** What stands for a token, a password or a signature. */
export const HIDDEN = "(hidden)";

/** How much of a text is read; the rest of it is dropped, because nobody has looked through it. */
const MOST_READ = 1_048_576;

/** What a text must hold for there to be anything to hide. */
const WORTH_A_LOOK = /[=:@]|%3D|\b(?:Bearer|Basic|DPoP)\b|eyJ|A[KS]IA|["'],/i;

/**
 * A name and what stands between it and its value, in a query, a form, JSON (also within JSON), a header, or a record
 * as Python prints it.
 */
const NAME =
  /(?<![\w-])([\w-]{1,64})((?:\\{0,8}["'])?[ \t]{0,4}(?:=|:|%3D)[ \t]{0,4}(?:\\{0,8}["'])?|\\{0,8}["'][ \t]{0,4},[ \t]{0,4}\\{0,8}["'])/gi;

/** Headers whose values are several words. */
const WORDY_HEADER = /^(?:proxy-)?authorization$|^(?:set-)?cookie$/i;

/** Credentials, told from words such as "Bearer token" by their digits or their length. */
const CREDENTIALS =
  /\b(Bearer|Basic|DPoP)(\s{1,4}|%20)(?:(?=[\w.~+/-]*\d)[\w.~+/-]{6,}|[\w.~+/-]{20,})=*/gi;

/** A run of characters that can hold a JSON Web Token (RFC 7519), which begins with `{"` in base64. */
const TOKEN_RUN = /(?<![\w-])[\w-]+(?:\.[\w-]+)+/g;

/** The user and the password in an address. */
const USER_INFO = /((?:\b[a-z][\w+.-]{0,30}:)?[/\\]{2,8})[^/\\?#\s"'<>]*@/gi;

/** The same where the password holds a slash. */
const USER_INFO_WITH_SLASH =
  /(\b[a-z][\w+.-]{0,30}:\/\/)[^/\\?#\s"'<>:@]{1,200}:(?!\d{1,5}[/?#])[^\s"'<>@]{1,200}@/gi;

/** The identifiers of keys at Amazon. */
const KEY_ID = /\bA[KS]IA[0-9A-Z]{16}\b/g;

/**
 * A result's address as openEO back-ends sign it: the user and the signature are two parts of its path
 * (`…/results/assets/<user>/<signature>/openEO.tif`), or end it (`…/results/<user>/<signature>?expires=…`).
 */
const SIGNED_PATH =
  /(\/results\\{0,4}\/(?:assets|items\w{0,8})\\{0,4}\/)[^/\s"'<>?#\\]+(\\{0,4}\/)[^/\s"'<>?#\\]+(?=\\{0,4}\/)|(\/results\\{0,4}\/)[^/\s"'<>?#\\]+(\\{0,4}\/)[0-9a-f]{24,128}(?![\w-])/gi;

/** How deep a chain of causes is followed. */
const MAX_CAUSES = 8;

/**
 * A text without secrets: the ones that are known, also where they are encoded for JSON, a URL or HTML, and whatever
 * looks like one: bearer and bare tokens, cookies, the users and passwords of addresses, what is called `token`,
 * `client_secret` or the like, and the signatures of signed addresses, in their query and in their path. A text of more
 * than a million characters is cut there.
 *
 * @example
 * ```ts
 * import { redact } from "./redact.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(redact("got s3cret", ["s3cret"]), "got (hidden)");
 * assertEquals(redact("got a%2Fb", ["a/b"]), "got (hidden)");
 * assertEquals(redact("wss://x.test/ws?token=abc&interval=1"), "wss://x.test/ws?token=(hidden)&interval=1");
 * assertEquals(redact("s3://me:pw@bucket/key"), "s3://(hidden)@bucket/key");
 * ```
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let rest = text.length <= MOST_READ ? text : `${text.slice(0, MOST_READ).toWellFormed()}…`;
  for (const secret of [...new Set(secrets)].sort((a, b) => b.length - a.length)) {
    // An empty one would be found between any two characters.
    if (secret === "") continue;
    rest = rest.replace(patternOf(secret), HIDDEN);
  }
  if (!WORTH_A_LOOK.test(rest)) return hidePaths(rest);
  return hidePaths(hideNamed(rest))
    .replace(USER_INFO, `$1${HIDDEN}@`)
    .replace(USER_INFO_WITH_SLASH, `$1${HIDDEN}@`)
    .replace(CREDENTIALS, `$1$2${HIDDEN}`)
    .replace(TOKEN_RUN, hideToken)
    .replace(KEY_ID, HIDDEN);
}

/** Whether an address holds the signature of a result in its path. */
export function hasSignedPath(address: string): boolean {
  return hidePaths(address) !== address;
}

/** Whether an address holds a user, and most likely a password. */
export function hasUserInfo(address: string): boolean {
  return address.search(USER_INFO) !== -1;
}

/** A value from JSON without secrets, in its strings as in its keys, and without what its names call a secret. */
export function redactJson(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return redact(value, secrets);
  if (Array.isArray(value)) return value.map((item) => redactJson(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      redact(key, secrets),
      typeof item === "string" && isSecretName(key) ? HIDDEN : redactJson(item, secrets),
    ]),
  );
}

/** Headers without secrets: the very same where there are none. */
export function redactHeaders(headers: Headers, secrets: readonly string[]): Headers {
  const pairs = [...headers];
  const clean = pairs.map(([name, value]) =>
    [name, WORDY_HEADER.test(name) ? HIDDEN : redact(value, secrets)] as [string, string]
  );
  return pairs.some(([, value], index) => value !== clean[index]?.[1])
    ? new Headers(clean)
    : headers;
}

/**
 * An error to stand as the cause of ours: its name, message and stack without secrets and without what would command a
 * terminal, and nothing else.
 */
export function redactCause(error: unknown, secrets: readonly string[], depth = 1): Error {
  const safe = (value: unknown) => printable(redact(textOf(value), secrets));
  if (!(error instanceof Error)) return new Error(safe(error));
  const { name, message, stack, cause } = error;
  const clean = new Error(
    safe(message),
    cause === undefined || depth >= MAX_CAUSES
      ? undefined
      : { cause: redactCause(cause, secrets, depth + 1) },
  );
  clean.name = safe(name);
  if (typeof stack === "string") clean.stack = shortStack(safe(stack));
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

function hidePaths(text: string): string {
  return text.replace(
    SIGNED_PATH,
    (_, assets?: string, slash?: string, results?: string, other?: string) =>
      `${assets ?? results}${HIDDEN}${slash ?? other}${HIDDEN}`,
  );
}

/** Hides what of a run is a JSON Web Token; what comes before it may be glued to it. */
function hideToken(run: string): string {
  const begin = run.indexOf("eyJ");
  const isToken = begin !== -1 && run.indexOf(".", begin) > begin + 10;
  return isToken ? run.slice(0, begin) + HIDDEN : run;
}

/** Hides the values of all names that stand for secrets. */
function hideNamed(text: string): string {
  let clean = "";
  let done = 0;
  for (const match of text.matchAll(NAME)) {
    const { index } = match;
    // Within a value that is hidden already there are no names.
    if (index < done) continue;
    const [whole, written = "", between = ""] = match;
    const encoded = text[index - 1] === "%";
    const from = index + whole.length;
    const to = endOfSecret(text, from, {
      name: encoded ? written.slice(2) : written,
      between,
      inQuery: encoded || "?&;#".includes(text[index - 1] ?? " "),
    });
    if (to === undefined || to === from) continue;
    clean += text.slice(done, from) + HIDDEN;
    done = to;
  }
  return clean + text.slice(done);
}

interface Named {
  readonly name: string;
  readonly between: string;
  readonly inQuery: boolean;
}

/** Where the value of a name ends, if it is a secret. */
function endOfSecret(text: string, from: number, named: Named): number | undefined {
  const { name, between, inQuery } = named;
  const secret = isSecretName(name);
  const quote = /\\{0,8}["']$/.exec(between)?.[0];
  if (quote !== undefined) {
    if (between.includes(",") && !WORDY_HEADER.test(name)) return undefined;
    return secret ? endOfQuoted(text, from, quote) : undefined;
  }
  if (secret && !inQuery && WORDY_HEADER.test(name)) return endOf(/[^"'\\\r\n]*/y, text, from);
  const assigned = !between.includes(":");
  if (assigned && (secret || (inQuery && isSecretInAddress(name)))) {
    return endOf(between.includes("%") ? ENCODED_WORD : WORD, text, from);
  }
  // Said in words ("invalid token: it has expired"): only what looks like a secret is one.
  if (!secret && !isSecretInAddress(name)) return undefined;
  const word = text.slice(from, endOf(SHORT_WORD, text, from));
  const telling = /\d/.test(word) && /[A-Za-z]/.test(word) && word.length >= (secret ? 6 : 12);
  return telling ? endOf(WORD, text, from) : undefined;
}

const WORD = /[^\s&#"'<>\\]*/y;
const SHORT_WORD = /[^\s&#"'<>\\,;]{0,64}/y;
const ENCODED_WORD = /(?:(?!%26)[^\s&#"'<>\\])*/y;

function endOf(pattern: RegExp, text: string, from: number): number {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = from;
  return from + (sticky.exec(text)?.[0].length ?? 0);
}

/** Where a quoted text ends: at the next quote that is escaped as often as the one before it. */
function endOfQuoted(text: string, from: number, opening: string): number {
  const quote = opening.at(-1) ?? '"';
  const escapes = opening.length - 1;
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
    let before = 0;
    while (at - before > from && text[at - before - 1] === "\\") before++;
    if (before % (2 * (escapes + 1)) === escapes) return at - escapes;
  }
  return text.length;
}

/** The most characters of any text that are shown. */
const MAX_SHOWN = 4_000;

/**
 * Text from outside as it may be shown anywhere: one line, no control characters, no terminal escapes, no change of
 * direction, no more than eight combining marks on a letter, no secrets.
 *
 * @example
 * ```ts
 * import { clean } from "./redact.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(clean("two\nlines \u001b[31mred\u001b[0m \u202edesrever"), "two lines red desrever");
 * assertEquals(clean("https://x.test/a.tif?token=abc"), "https://x.test/a.tif?token=(hidden)");
 * ```
 */
export function clean(text: string): string {
  // Nothing is cut before the secrets are out: half a password is one, too.
  return oneLine(redact(oneLine(text, 2 * MAX_SHOWN)), MAX_SHOWN);
}
