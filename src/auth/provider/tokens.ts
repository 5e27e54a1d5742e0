import { tokenClaims, tokenUser } from "../../http/token/token.ts";

/** What a sign-in service hands out. */
export interface Tokens {
  /** What goes to the Dispatch service. */
  readonly accessToken: string;
  /** Until when it holds, in milliseconds since 1970 of this machine's clock. */
  readonly expires: number;
  /** For how long it held when it was handed out, in milliseconds. */
  readonly life: number;
  /** What the next one is had with, where there is such a thing. */
  readonly refreshToken: string | undefined;
  /** When the session ends without a refresh, in milliseconds since 1970; nothing where that is not said. */
  readonly sessionExpires: number | undefined;
  /** Who it is, as far as the tokens say. */
  readonly user: string | undefined;
  /** Whose identity token came with them: the same for as long as a session lasts (OpenID Connect Core, section 12.2). */
  readonly subject: string | undefined;
}

/** The answer of a token endpoint (RFC 6749, section 5.1), as far as it is used; the rest is checked before. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in?: number | undefined;
  readonly refresh_token?: string | undefined;
  readonly id_token?: string | undefined;
  readonly refresh_expires_in?: unknown;
}

/** How long a token holds that does not say so, in milliseconds: as Keycloak does by default. */
const DEFAULT_LIFE = 60_000;

/**
 * Reads an answer. Its times are spans, counted from when it came: whether this machine's clock agrees with others does
 * not matter.
 */
export function readTokens(answer: TokenAnswer, now: number): Tokens {
  const life = answer.expires_in === undefined ? DEFAULT_LIFE : answer.expires_in * 1000;
  const session = answer.refresh_expires_in;
  const { sub } = tokenClaims(answer.id_token ?? "") ?? {};
  return {
    accessToken: answer.access_token,
    expires: now + life,
    life,
    refreshToken: answer.refresh_token === "" ? undefined : answer.refresh_token,
    // Zero means an offline session, which ends only when it is not used for a month.
    sessionExpires: typeof session === "number" && session > 0 ? now + session * 1000 : undefined,
    user: (answer.id_token === undefined ? undefined : tokenUser(answer.id_token)) ??
      tokenUser(answer.access_token),
    subject: typeof sub === "string" ? sub : undefined,
  };
}

/** How long before its end a token is no longer handed out: a minute, and less where it is short-lived. */
export function isFresh(tokens: Tokens, now: number): boolean {
  return tokens.expires - now > Math.min(60_000, tokens.life / 5);
}
