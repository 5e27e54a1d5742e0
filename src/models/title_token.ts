import { countCharacters, MAX_TITLE_LENGTH } from "./jobs.ts";

/** Crockford's base 32: digits and letters that are not mistaken for one another. */
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

/** How many of them a token has: 40 bits. */
const LENGTH = 8;

/** How many characters of a title a token takes: ` [#k3f9qa2m]`. */
export const TITLE_TOKEN_LENGTH: number = LENGTH + " [#]".length;

/** The most characters of a title that is to carry a token. */
export const MAX_MARKED_TITLE_LENGTH: number = MAX_TITLE_LENGTH - TITLE_TOKEN_LENGTH;

const TOKEN = / \[#([0-9a-hjkmnp-tv-z]{8})\](?= - Processing Job \d{1,9}$|$)/;

/**
 * A token that tells a job from all others by its title, in
 * [Crockford's base 32](https://www.crockford.com/base32.html).
 *
 * @param random fills an array with chance.
 */
export function titleToken(
  random: (bytes: Uint8Array<ArrayBuffer>) => unknown = (bytes) => crypto.getRandomValues(bytes),
): string {
  const bytes = new Uint8Array(LENGTH);
  random(bytes);
  return [...bytes].map((byte) => DIGITS.charAt(byte % DIGITS.length)).join("");
}

/** A title that carries a token. */
export function markTitle(title: string, token: string): string {
  return `${title} [#${token}]`;
}

/** Whether a title has room for a token. */
export function hasRoomForToken(title: string): boolean {
  return countCharacters(title) <= MAX_MARKED_TITLE_LENGTH;
}

/** The token that a title carries: a job's own, or that of the task that it is of. */
export function tokenIn(title: string): string | undefined {
  return TOKEN.exec(title)?.[1];
}

/**
 * A title as people read it: without its token.
 *
 * @example
 * ```ts
 * import { shownTitle } from "./title_token.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shownTitle("Fields [#k3f9qa2m]"), "Fields");
 * assertEquals(shownTitle("Fields [#k3f9qa2m] - Processing Job 3"), "Fields - Processing Job 3");
 * assertEquals(shownTitle("Fields [#1]"), "Fields [#1]");
 * ```
 */
export function shownTitle(title: string): string {
  return title.replace(TOKEN, "");
}
