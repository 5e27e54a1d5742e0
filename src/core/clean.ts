import { redact } from "./redact.ts";
import { oneLine } from "./text.ts";

/** The most characters of any text that are shown. */
const MAX_SHOWN = 4_000;

/**
 * Text from outside as it may be shown anywhere: one line, no control characters, no terminal escapes, no change of
 * direction, no more than eight combining marks on a letter, no secrets.
 *
 * @example
 * ```ts
 * import { clean } from "./clean.ts";
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
