import { type Clock, orAborted, settle } from "../core/waiting.ts";
import { showAs } from "../display/render/attach.ts";
import { SignInError } from "../http/token/sign_in_error.ts";
import type { TokenRequest } from "../http/token/token.ts";
import type { Provider } from "./provider/provider.ts";
import { isFresh, type Tokens } from "./provider/tokens.ts";
import { type SignInStore, storeKey } from "./store/store.ts";
import { sessionCard } from "./session_card.ts";

/** Options of {@linkcode Session.signOut}. */
export interface SignOutOptions {
  /** Gives up at once when it aborts, and rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Somebody who is signed in. It shows who, where and until when, never a token; what it keeps is renewed when a call
 * needs it.
 */
export interface Session {
  /** The base URL of the Dispatch service that takes its tokens. */
  readonly service: string;
  /** The sign-in service. */
  readonly issuer: string;
  /** The client through which the user signed in. */
  readonly clientId: string;
  /** The user, by the name that the sign-in service gives. */
  readonly user: string | undefined;
  /** When the session ends unless it is used; nothing where it lasts until it is not used for a month. */
  readonly expires: Date | undefined;
  /** Whether it has been signed out here. */
  readonly signedOut: boolean;
  /**
   * The token for a call, renewed when less than a minute of it is left or the service has refused it: what a client
   * takes as its option `token`. It never starts a sign-in.
   *
   * @throws {SignInError} if the session has ended (`reason: "ended"`), or no token can be had now.
   */
  readonly token: (request?: TokenRequest) => Promise<string>;
  /**
   * Ends the session at the sign-in service, and forgets what is kept of it. Where the service could not be reached, a
   * second call ends it there.
   */
  signOut(options?: SignOutOptions): Promise<void>;
}

/** What a session is made of. */
export interface SessionParts {
  /** The Dispatch service; nothing where it is not known. */
  readonly service: string | undefined;
  /** The sign-in service. */
  readonly issuer: string;
  readonly clientId: string;
  /** What can be asked there. */
  readonly provider: Provider;
  /** Where the refresh token is kept. */
  readonly store: SignInStore;
  /** What the time is read from. */
  readonly clock: Clock;
}

/** Runs something alone, as far as a store can see to that. */
export function alone<T>(
  store: SignInStore,
  work: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (store.exclusive === undefined) return work();
  return store.exclusive(work, signal === undefined ? {} : { signal });
}

/**
 * Renews what is kept: read, asked for and written as one step, because the one before may be good for nothing
 * afterwards. What has ended is forgotten.
 *
 * @returns nothing if nothing is kept.
 */
export function renewKept(
  { issuer, clientId, provider, store }: SessionParts,
  signal?: AbortSignal,
): Promise<Tokens | undefined> {
  const key = storeKey(issuer, clientId);
  return alone(store, async () => {
    const refreshToken = await store.get(key);
    if (refreshToken === undefined) return undefined;
    try {
      // Once it is on its way it is not given up: the answer may be the only one that opens the session again.
      const tokens = await provider.refresh(refreshToken, {});
      if (tokens.refreshToken !== undefined) await store.set(key, tokens.refreshToken);
      return tokens;
    } catch (error) {
      if (error instanceof SignInError && error.reason === "ended") await store.set(key, undefined);
      throw error;
    }
  }, signal);
}

/** Makes a session of the tokens that it begins with. */
export function sessionOf(parts: SessionParts, first: Tokens): Session {
  const { issuer, clientId, provider, store, clock } = parts;
  const key = storeKey(issuer, clientId);
  let tokens = first;
  let renewal: Promise<Tokens> | undefined;
  let signedOut = false;
  let revoked = false;
  // Whether another user's sign-in has taken the place of what was kept.
  let replaced = false;
  // What is forgotten here already is kept until the sign-in service has ended it, too: signOut() can be called again.
  let taken: { readonly refreshToken: string | undefined } | undefined;

  async function renew(): Promise<Tokens> {
    const before = tokens;
    const result = await settle(renewKept(parts));
    if (signedOut) throw over();
    if (!result.ok) {
      const { error } = result;
      throw error instanceof SignInError && error.reason === "ended" ? ended() : error;
    }
    if (result.value === undefined) throw ended();
    const { user = before.user, subject = before.subject } = result.value;
    // What is kept is no longer this session's: no call is made in another user's name.
    if (before.subject !== undefined && subject !== before.subject) {
      replaced = true;
      throw another(user);
    }
    replaced = false;
    return tokens = { ...result.value, user, subject };
  }

  const who = () => tokens.user === undefined ? "" : ` of ${tokens.user}`;
  const host = new URL(issuer).host;
  const ended = () =>
    new SignInError(
      `The sign-in${who()} at ${host} has ended: sign in again (await signIn()), then repeat the call`,
      { reason: "ended" },
    );
  const another = (user: string | undefined) =>
    new SignInError(
      `The sign-in${who()} at ${host} has ended here: ${
        user ?? "another user"
      } has signed in since, in another program or cell: ` +
        "sign in again (await signIn({ fresh: true })) to go on, or give each its own store (option store)",
      { reason: "ended" },
    );
  const over = () =>
    new SignInError(
      `The sign-in${who()} at ${host} was ended by signOut(): sign in again (await signIn())`,
      { reason: "signed-out" },
    );

  const session: Session = {
    get service() {
      if (parts.service !== undefined) return parts.service;
      throw new SignInError(
        "This session does not know its Dispatch service: name it (signIn({ issuer, clientId, service }))",
        { reason: "missing" },
      );
    },
    issuer,
    clientId,
    get user() {
      return tokens.user;
    },
    get expires() {
      return tokens.sessionExpires === undefined ? undefined : new Date(tokens.sessionExpires);
    },
    get signedOut() {
      return signedOut;
    },
    async token({ rejected } = {}) {
      if (signedOut) throw over();
      const before = tokens;
      const refused = before.accessToken === rejected;
      if (!refused && isFresh(before, clock.now())) return before.accessToken;
      renewal ??= renew().finally(() => renewal = undefined);
      try {
        return (await renewal).accessToken;
      } catch (error) {
        // Its last minute is borne where the sign-in service does not answer.
        const passing = error instanceof SignInError && error.reason === "unreachable";
        if (passing && !refused && clock.now() < before.expires) return before.accessToken;
        throw error;
      }
    },
    async signOut({ signal } = {}) {
      signal?.throwIfAborted();
      if (revoked) return;
      signedOut = true;
      const ended = await orAborted(
        alone(store, async () => {
          if (taken === undefined) {
            taken = { refreshToken: replaced ? undefined : await store.get(key) };
            if (!replaced) await store.set(key, undefined);
          }
          const { refreshToken } = taken;
          return refreshToken === undefined || await provider.revoke(refreshToken, { signal });
        }, signal),
        signal,
      );
      revoked = true;
      if (!ended) {
        throw new SignInError(
          `Signed out here, but ${host} has no way to end a session from outside: end it on its account page`,
          { reason: "missing" },
        );
      }
    },
  };
  // Whoever copies or prints a session is not told that its service is missing.
  Object.defineProperty(session, "service", { enumerable: false });
  const card = () => sessionCard(session, parts.service);
  return showAs(session, card);
}
