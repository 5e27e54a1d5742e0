/**
 * Where refresh tokens are kept between two programs, by a key that names issuer and client: a keyring, say. What it is
 * given opens the user's account: keep it as a password is kept.
 */
export interface SignInStore {
  /** The refresh token that is kept under a key; nothing if there is none. */
  get(key: string): string | undefined | Promise<string | undefined>;
  /** Keeps a refresh token under a key, in place of the one before; without one, forgets it. */
  set(key: string, refreshToken: string | undefined): void | Promise<void>;
  /**
   * Runs something while no other program does the same: reading, renewing and keeping a refresh token is one
   * step, because a provider may take the use of an old one for theft. Without it, only the calls of one
   * session take turns.
   */
  exclusive?<T>(work: () => Promise<T>, options: { readonly signal?: AbortSignal }): Promise<T>;
}

/** A store that lasts as long as the session. */
export function memoryStore(): SignInStore {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key),
    set(key, refreshToken) {
      if (refreshToken === undefined) kept.delete(key);
      else kept.set(key, refreshToken);
    },
  };
}

/** What a refresh token is kept under: each issuer and client has its own. */
export function storeKey(issuer: string, clientId: string): string {
  return `${issuer.replace(/\/$/, "")} ${clientId}`;
}
