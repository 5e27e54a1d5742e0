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
 * import { isSecretName } from "./secrets.ts";
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

/** How much of a longer secret gives it away, so that a shortened one is found as well. */
const TELLING_START = 16;

/** The longest pattern of a secret: no engine takes one of any size. A token of 8 KiB has a shorter one. */
const LONGEST = 28_000;

/** How many backslashes may stand before a character: those of JSON in JSON in JSON. */
const MOST_BACKSLASHES = 8;

/**
 * What finds a secret as it is and as it is encoded; of a long one its beginning, with whatever follows; of one that no header
 * could carry all that follows.
 */
export function patternOf(secret: string): RegExp {
  const characters = charactersOf(secret);
  const forms: string[] = [];
  let length = 0;
  for (const character of characters) {
    const form = formsOf(character);
    length += form.length;
    if (length > LONGEST) break;
    forms.push(form);
  }
  const whole = `${forms.join("")}${forms.length < characters.length ? "[^]*" : ""}`;
  return forms.length < TELLING_START + 8
    ? new RegExp(whole, "g")
    : new RegExp(`${whole}|${forms.slice(0, TELLING_START).join("")}[\\w.~+/=%-]*`, "g");
}

/** The characters of a text; backslashes in a row are one, because together they are doubled. */
function charactersOf(secret: string): string[] {
  return secret.match(/\\+|[^\\]/gsu) ?? [];
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
  if (character.startsWith("\\")) return formsOfBackslashes(character.length);
  const code = character.codePointAt(0) ?? 0;
  const name = NAMED_ENTITIES[character];
  return `(?:${
    [
      `\\\\{0,${MOST_BACKSLASHES}}${literal(character)}`,
      percentEncoded(character),
      `\\\\{1,${MOST_BACKSLASHES}}u${hex(code, 4)}`,
      `&#(?:0{0,4}${code}|[xX]0{0,4}${hex(code, 1)});`,
      ...(name === undefined ? [] : [`&${name};`]),
      ...(character === " " ? ["\\+"] : []),
    ].join("|")
  })`;
}

function formsOfBackslashes(amount: number): string {
  return `(?:\\\\{${amount},${
    MOST_BACKSLASHES * amount
  }}|(?:%5[Cc]){${amount}}|(?:&#92;){${amount}})`;
}

function literal(character: string): string {
  return character.replace(/[^\w]/, "\\$&");
}

function percentEncoded(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `%${hex(byte, 2)}`).join("");
}

/** A number in hexadecimal digits, as a pattern for digits of either case. */
function hex(number: number, length: number): string {
  return number.toString(16).padStart(length, "0").replace(
    /[a-f]/g,
    (digit) => `[${digit}${digit.toUpperCase()}]`,
  );
}
