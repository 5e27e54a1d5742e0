import { isObject } from "../../core/objects.ts";

/**
 * When a token expires, as far as it says so itself: the `exp` of a JSON Web Token
 * ([RFC 7519, section 4.1.4](https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4)). Its signature is not checked.
 *
 * @returns nothing for a token that is no JWT, or says nothing of its end.
 *
 * @example
 * ```ts
 * import { tokenExpiry } from "./token_expiry.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const token = `e30.${btoa(JSON.stringify({ exp: 1_700_000_000 })).replaceAll("=", "")}.x`;
 * assertEquals(tokenExpiry(token)?.toISOString(), "2023-11-14T22:13:20.000Z");
 * assertEquals(tokenExpiry("opaque"), undefined);
 * ```
 */
export function tokenExpiry(token: string): Date | undefined {
  const { exp } = tokenClaims(token) ?? {};
  const expiry = new Date(typeof exp === "number" ? exp * 1000 : NaN);
  return Number.isNaN(expiry.getTime()) ? undefined : expiry;
}

/** What a token says of its user: a name to be recognised by, never the token itself. */
export function tokenUser(token: string): string | undefined {
  const { preferred_username: user, name, email } = tokenClaims(token) ?? {};
  return [user, name, email].filter((text) => typeof text === "string")
    .find((text) => text.trim() !== "");
}

/** What a token says of itself (RFC 7519); nothing if it is no JSON Web Token. Nobody has checked that it is true. */
export function tokenClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload] = token.split(".");
  if (payload === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(
      atob(payload.replaceAll("-", "+").replaceAll("_", "/")),
      (character) => character.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}
