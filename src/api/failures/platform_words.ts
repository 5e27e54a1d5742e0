import { isObject } from "../../core/objects.ts";
import { phrase, plainText } from "../../core/text.ts";

/** What a platform said, as far as its words could be read. */
export interface PlatformWords {
  /** The HTTP status that it answered, if it says. */
  readonly status?: number;
  /** Its code: openEO's (`ProcessParameterMissing`), or the last part of an OGC exception's type (`no-such-process`). */
  readonly code?: string;
  /** What it says, in plain text; empty where it gave no words. */
  readonly sentence: string;
  /** The address that could not be read, where the words are about one. */
  readonly url?: string;
}

/** How much of a reason is looked at; no message shows more. */
const LONGEST_REASON = 10_000;

/** The most characters of a sentence. */
const LONGEST_SENTENCE = 400;

/** `An error occurred while …: ` and other words of the service's own in front of what the platform said. */
const PREFIX = /^An (?:unexpected )?error occurred[^:\n[('"{]{0,100}: /;

/** Where an exception's headers, its SQL, its traceback or the way to its documentation begin. */
const APPENDIX =
  /\s\(ref: [^)\n]{0,80}\)|\s?\[SQL:|\s?\[parameters:|\s?\(Background on this error|\sTraceback \(most recent|\sFor further information visit/;

/** `[400] ProcessParameterMissing: missing spatial_extent`: openEO, as its Python client prints it. */
const BRACKETS = /\[(\d{3})\]\s{0,4}(?:([A-Za-z][\w.-]{2,60}):\s)?/;

/** `(404)⏎Reason: Not Found⏎HTTP response headers: …⏎HTTP response body: …`: an OGC API, as its Python client prints it. */
const EXCEPTION = /\((\d{3})\)\s{0,4}Reason: ([^\n]{0,200})/;
const EXCEPTION_BODY = /HTTP response body: /;

/**
 * `404 Client Error: Not Found for url: https://…`: Python's requests, also within `HTTPError('…')`. Where the URL held
 * a secret, `(hidden)` stands in it.
 */
const REQUESTS =
  /\b(\d{3}) (?:Client|Server) Error: (.{0,200}?) for url: ((?:\(hidden\)|[^\s'")]){1,500})/;

/** `HTTP Error 404: Not Found`, `<HTTPError 404: 'Not Found'>`, `HTTPError('404 …')`: other ways of Python. */
const HTTP_ERROR =
  /\bHTTP ?(?:Error|Exception)(?: |\(['"]?)(\d{3})(?::\s{0,4}['"]?|\s|['"])([^'">\n]{0,300})/i;

/** A code of openEO's without a status before it. */
const BARE_CODE = /(?:^|[\s('"])((?:[A-Z][a-z]+){2,6}): (?=\S)/;

/**
 * Reads what a platform said from the reason that the service passes on: openEO's `[status] Code: message`, an OGC
 * API's exception, an HTTP failure as Python prints it, JSON of an error, and HTML within any of them.
 *
 * @returns nothing where the words are the service's own.
 *
 * @example
 * ```ts
 * import { platformWords } from "./platform_words.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(platformWords("[400] ProcessParameterMissing: missing spatial_extent (ref: 1f)"), {
 *   status: 400,
 *   code: "ProcessParameterMissing",
 *   sentence: "missing spatial_extent",
 * });
 * assertEquals(platformWords("'NoneType' object has no attribute 'get'"), undefined);
 * ```
 */
export function platformWords(reason: string): PlatformWords | undefined {
  const text = reason.slice(0, LONGEST_REASON).replace(PREFIX, "");
  const exception = EXCEPTION.exec(text);
  if (exception !== null) return exceptionWords(text, exception);
  const brackets = BRACKETS.exec(text);
  if (brackets !== null) {
    const [whole, status, code] = brackets;
    const rest = text.slice(brackets.index + whole.length);
    return words({ status: Number(status), code, sentence: nested(rest)?.sentence ?? rest });
  }
  const requests = REQUESTS.exec(text);
  if (requests !== null) {
    const [, status, sentence = "", url] = requests;
    return words({ status: Number(status), sentence, url });
  }
  const other = HTTP_ERROR.exec(text);
  if (other !== null) return words({ status: Number(other[1]), sentence: other[2] ?? "" });
  const json = nested(text);
  if (json !== undefined) return json;
  const bare = BARE_CODE.exec(text);
  // A Python exception ("ValueError: …") is no platform's code.
  if (bare === null || /(?:Error|Exception|Warning)$/.test(bare[1] ?? "")) return undefined;
  return words({ code: bare[1], sentence: text.slice(bare.index + bare[0].length) });
}

/** What an error says in JSON, in one of the shapes that platforms, proxies and frameworks use. */
export function jsonWords(value: unknown, depth = 0): PlatformWords | undefined {
  if (depth > 3 || !isObject(value)) return undefined;
  const { code, message, error, detail, title, description, status, type } = value;
  const inner = [error, detail, message].map((part) => jsonWords(part, depth + 1))
    .find((part) => part !== undefined);
  if (inner !== undefined) return inner;
  const described = value["error_description"];
  const said = [message, detail, described, description, error, title].find(isText);
  if (said === undefined) return undefined;
  const name = isText(code)
    ? code
    : said === error
    ? undefined
    : isText(error)
    ? error
    : exceptionType(type);
  return words({
    status: statusOf(status) ?? statusOf(code),
    code: name !== undefined && /^[\w.-]{2,80}$/.test(name) ? name : undefined,
    sentence: said,
  });
}

/** What a reason says before its headers, its SQL or its traceback. */
export function essence(reason: string): string {
  return withoutAppendix(reason.slice(0, LONGEST_REASON).replace(PREFIX, ""));
}

function withoutAppendix(text: string): string {
  const end = text.search(APPENDIX);
  return end < 0 ? text : text.slice(0, end);
}

function exceptionWords(
  text: string,
  [whole, status, phraseOfStatus = ""]: RegExpExecArray,
): PlatformWords {
  const at = text.search(EXCEPTION_BODY);
  const body = at < 0 ? "" : text.slice(at).replace(EXCEPTION_BODY, "");
  const known = { status: Number(status), sentence: phraseOfStatus.trim() };
  const json = nested(body);
  if (json !== undefined) {
    return { ...json, ...(status === undefined ? {} : { status: known.status }) };
  }
  const fields = fieldsOf(body);
  const said = fields.get("detail") ?? fields.get("title");
  if (said !== undefined) {
    return words({ ...known, code: exceptionType(fields.get("type")), sentence: said });
  }
  const page = words({ ...known, sentence: body });
  return page.sentence === "" || whole.includes(page.sentence) ? words(known) : page;
}

/** A record as Python prints it: `type='…' title='…' status=404 detail='…' instance=None`. */
function fieldsOf(record: string): ReadonlyMap<string, string> {
  return new Map([...record.matchAll(FIELD)].map(([, name = "", single, double]) => [
    name,
    (single ?? double ?? "").replace(/\\(['"\\])/g, "$1"),
  ]));
}

const FIELD = /\b(type|title|detail)=(?:'((?:[^'\\]|\\.){0,500})'|"((?:[^"\\]|\\.){0,500})")/g;

/** The last part of the type of an OGC exception: `no-such-process`. */
function exceptionType(type: unknown): string | undefined {
  if (!isText(type)) return undefined;
  return /([\w-]{3,60})\/?$/.exec(type.slice(-200))?.[1]?.replace(/^(?:about|blank)$/, "") ||
    undefined;
}

/** The words of a text that is JSON. */
function nested(text: string): PlatformWords | undefined {
  if (!/^\s{0,99}[{]/.test(text)) return undefined;
  try {
    return jsonWords(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function words(
  { status, code, sentence, url }: {
    readonly status?: number | undefined;
    readonly code?: string | undefined;
    readonly sentence: string;
    readonly url?: string | undefined;
  },
): PlatformWords {
  const said = phrase(plainText(withoutAppendix(sentence)), LONGEST_SENTENCE);
  return {
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    // A page often says its status once more.
    sentence: status !== undefined && said.startsWith(`${status} `) ? said.slice(4) : said,
    ...(url === undefined ? {} : { url }),
  };
}

function statusOf(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && number >= 400 && number < 600 ? number : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
