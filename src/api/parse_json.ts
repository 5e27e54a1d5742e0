import type { JsonValue } from "../models/schema/json.ts";

const lenient = new TextDecoder();
const strict = new TextDecoder("utf-8", { fatal: true });

/**
 * The value that bytes hold as JSON; nothing if they hold none, or are no UTF-8. The strict decoder is ten times as
 * slow, so it is asked only where the other one may have had to guess.
 *
 * @example
 * ```ts
 * import { parseJson } from "./parse_json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseJson(new TextEncoder().encode('{"a":1}')), { value: { a: 1 } });
 * assertEquals(parseJson(new Uint8Array([0x22, 0xff, 0x22])), undefined);
 * ```
 */
export function parseJson(content: Uint8Array): { readonly value: JsonValue } | undefined {
  try {
    const text = lenient.decode(content);
    return { value: JSON.parse(text.includes("\ufffd") ? strict.decode(content) : text) };
  } catch {
    return undefined;
  }
}
