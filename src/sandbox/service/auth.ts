/** Which tokens there are, whose they are and until when they hold. */
export interface TokenBook {
  /** Makes a token for a user, which holds until a time in milliseconds since 1970. */
  issue(user: string, expires: number): string;
  /** Takes a token that was made elsewhere for a user's. */
  admit(token: string, user: string, expires: number): void;
  /** Lets a token expire at a time. */
  expire(token: string, at: number): void;
  /** The user of a token that holds at a time; none if it does not. */
  userAt(token: string, at: number): string | undefined;
  /** Whether the token was ever one, which is all that some platforms are asked for. */
  wasIssued(token: string): boolean;
}

/** A book of tokens with some to begin with. */
export function tokenBook(tokens: readonly (readonly [token: string, user: string])[]): TokenBook {
  const book = new Map<string, { readonly user: string; readonly expires: number }>();
  for (const [token, user] of tokens) book.set(token, { user, expires: Infinity });
  let issued = 0;
  return {
    issue(user, expires) {
      const token = `sandbox-token-${user}-${++issued}`;
      book.set(token, { user, expires });
      return token;
    },
    admit(token, user, expires) {
      book.set(token, { user, expires });
    },
    expire(token, at) {
      const entry = book.get(token);
      if (entry === undefined) {
        throw new Error("Cannot let the token expire: this sandbox did not issue it");
      }
      book.set(token, { ...entry, expires: at });
    },
    userAt(token, at) {
      const entry = book.get(token);
      return entry !== undefined && at < entry.expires ? entry.user : undefined;
    },
    wasIssued: (token) => book.has(token),
  };
}

/**
 * The token of an `Authorization` header; none if it is of another scheme. An empty one is a token that
 * does not hold, not a missing one.
 */
export function bearerToken(header: string | null): string | undefined {
  const [scheme, ...rest] = (header ?? "").split(" ");
  return scheme?.toLowerCase() === "bearer" ? rest.join(" ").trim() : undefined;
}
