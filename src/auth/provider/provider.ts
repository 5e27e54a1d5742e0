import type { Clock } from "../../core/waiting.ts";
import { isLoopback } from "../../http/attempt/loopback.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";
import { failureOf, refusalOf } from "./failures.ts";
import { wholeFetch } from "./provider_fetch.ts";
import { readTokens, type TokenAnswer, type Tokens } from "./tokens.ts";

/** Who signs in where. */
export interface ProviderOptions {
  /** The sign-in service. */
  readonly issuer: string;
  readonly clientId: string;
  /** Its secret, if it has one. */
  readonly clientSecret?: string | undefined;
  /** What fetches. */
  readonly fetch: typeof fetch;
  /** What the time is read from. */
  readonly clock: Clock;
}

/** What a device may show and poll with (RFC 8628, section 3.2). */
export interface DeviceGrant {
  /** What the device polls with: nobody sees it. */
  readonly deviceCode: string;
  /** What the user types. */
  readonly userCode: string;
  /** Where. */
  readonly url: string;
  /** The same with the code in it, where there is such an address. */
  readonly completeUrl: string | undefined;
  /** Until when, in milliseconds since 1970 of this machine's clock. */
  readonly expires: number;
  /** The pause between two polls, in milliseconds. */
  readonly interval: number;
}

/** What a poll found: tokens, or why to poll again. */
export type PollAnswer = Tokens | "pending" | "slower";

/** How a browser is sent, and what proves that it came back from there. */
export interface CodeRequest {
  /** Where it is sent. */
  readonly url: string;
  /** Where it comes back to. */
  readonly redirectUri: string;
  /** What it has to bring back. */
  readonly state: string;
  /** What proves that the code was asked for here (RFC 7636): nobody sees it. */
  readonly verifier: string;
  /** What the identity token has to hold. */
  readonly nonce: string;
}

type Wait = { readonly signal?: AbortSignal | undefined };

/** A sign-in service, and what can be asked of it. Every failure is a {@linkcode SignInError}, or the signal's reason. */
export interface Provider {
  /** Lets a device begin; nothing where devices cannot sign in there. */
  startDevice(options: Wait & { readonly scope: string }): Promise<DeviceGrant | undefined>;
  /** Asks once whether the user has approved. */
  pollDevice(grant: DeviceGrant, options: Wait): Promise<PollAnswer>;
  /** Makes up where a browser is sent. */
  startCode(
    options: Wait & { readonly scope: string; readonly redirectUri: string },
  ): Promise<CodeRequest>;
  /** Takes what the browser came back with. */
  finishCode(request: CodeRequest, address: URL, options: Wait): Promise<Tokens>;
  /** New tokens for a refresh token. */
  refresh(refreshToken: string, options: Wait): Promise<Tokens>;
  /** Tokens of the client itself (RFC 6749, section 4.4). */
  ownTokens(options: Wait & { readonly scope?: string | undefined }): Promise<Tokens>;
  /** Ends the session of a refresh token (RFC 7009); false where the service has no way to. */
  revoke(refreshToken: string, options: Wait): Promise<boolean>;
}

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/** Prepares what can be asked of a sign-in service: nothing is sent before something is asked. */
export function openProvider(options: ProviderOptions): Provider {
  const { issuer, clientId, clientSecret, clock } = options;
  const address = checkIssuer(issuer);
  let known: ServerMetadata | undefined;

  /** Runs one request, with its own fetch, and tells its failures in our words. */
  async function run<T>(
    headline: string,
    { signal }: Wait,
    secrets: readonly string[],
    ask: (library: Library, config: Configuration) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const library = await import("openid-client");
    const fetch = wholeFetch({ ...options, signal });
    const insecure = address.protocol === "http:" ? [library.allowInsecureRequests] : [];
    try {
      known ??= (await library.discovery(address, clientId, undefined, undefined, {
        execute: insecure,
        [library.customFetch]: fetch,
      })).serverMetadata();
      const config = new library.Configuration(known, clientId, clientSecret);
      for (const extension of insecure) extension(config);
      config[library.customFetch] = fetch;
      config.timeout = 0;
      return await ask(library, config);
    } catch (error) {
      signal?.throwIfAborted();
      const about = {
        issuer,
        clientId,
        headline,
        confidential: clientSecret !== undefined,
        secrets: [...secrets, ...(clientSecret === undefined ? [] : [clientSecret])],
      };
      throw failureOf(unwrap(error), about);
    }
  }

  const read = (answer: TokenAnswer) => readTokens(answer, clock.now());

  return {
    startDevice: ({ scope, ...wait }) =>
      run("Cannot sign in", wait, [], async (library, config) => {
        if (known?.device_authorization_endpoint === undefined) return undefined;
        try {
          const answer = await library.initiateDeviceAuthorization(config, { scope });
          const interval = answer.interval ?? 5;
          return {
            deviceCode: answer.device_code,
            userCode: answer.user_code,
            url: answer.verification_uri,
            completeUrl: answer.verification_uri_complete,
            expires: clock.now() + answer.expires_in * 1000,
            interval: Math.max(interval, 0) * 1000,
          };
        } catch (error) {
          // Keycloak names the endpoint for clients, too, that may not use it.
          if (refusalOf(error)?.error === "unauthorized_client") return undefined;
          throw error;
        }
      }),
    pollDevice: (grant, wait) =>
      run(
        "Cannot sign in",
        wait,
        [grant.deviceCode, grant.userCode],
        async (library, config) => {
          try {
            return read(
              await library.genericGrantRequest(config, DEVICE_GRANT, {
                device_code: grant.deviceCode,
              }),
            );
          } catch (error) {
            const refusal = refusalOf(error)?.error;
            if (refusal === "authorization_pending") return "pending";
            if (refusal === "slow_down") return "slower";
            throw error;
          }
        },
      ),
    startCode: ({ scope, redirectUri, ...wait }) =>
      run("Cannot sign in", wait, [], async (library, config) => {
        const verifier = library.randomPKCECodeVerifier();
        const state = library.randomState();
        const nonce = library.randomNonce();
        const url = library.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope,
          state,
          nonce,
          code_challenge: await library.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
          // An offline session is asked for anew, lest the provider leaves it out (OpenID Connect Core, section 11).
          ...(scope.split(" ").includes("offline_access") && { prompt: "consent" }),
        });
        return { url: url.href, redirectUri, state, verifier, nonce };
      }),
    finishCode: ({ verifier, state, nonce, redirectUri }, found, wait) =>
      run(
        "Cannot sign in",
        wait,
        [verifier, found.searchParams.get("code") ?? verifier],
        async (library, config) => {
          const current = new URL(redirectUri);
          current.search = found.search;
          return read(
            await library.authorizationCodeGrant(config, current, {
              pkceCodeVerifier: verifier,
              expectedState: state,
              expectedNonce: nonce,
            }),
          );
        },
      ),
    refresh: (refreshToken, wait) =>
      run(
        "Cannot renew the sign-in",
        wait,
        [refreshToken],
        async (library, config) => read(await library.refreshTokenGrant(config, refreshToken)),
      ),
    ownTokens: ({ scope, ...wait }) =>
      run("Cannot sign the client in", wait, [], async (library, config) =>
        read(
          await library.clientCredentialsGrant(config, scope === undefined ? undefined : { scope }),
        )),
    revoke: (refreshToken, wait) =>
      run("Cannot sign out", wait, [refreshToken], async (library, config) => {
        if (known?.revocation_endpoint === undefined) return false;
        await library.tokenRevocation(config, refreshToken, { token_type_hint: "refresh_token" });
        return true;
      }),
  };
}

type Library = typeof import("openid-client");
type Configuration = import("openid-client").Configuration;
type ServerMetadata = import("openid-client").ServerMetadata;

/** What stands behind "something went wrong". */
function unwrap(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof SignInError ? error.cause : error;
}

/** A token is asked for over TLS, or not past this machine. */
function checkIssuer(issuer: string): URL {
  const url = URL.parse(issuer);
  const safe = url !== null &&
    (url.protocol === "https:" || url.protocol === "http:" && isLoopback(url.hostname));
  if (safe && url.username === "" && url.search === "" && url.hash === "") return url;
  throw new SignInError(
    `Cannot sign in: the issuer is not an https: address such as "https://auth.apex.esa.int/realms/apex" (option issuer)`,
    { reason: "issuer" },
  );
}
