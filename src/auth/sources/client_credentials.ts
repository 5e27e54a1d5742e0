import { orDispatchError } from "../../core/dispatch_error.ts";
import { type Clock, systemClock } from "../../core/waiting.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";
import { checkOptions } from "../../models/schema/options.ts";
import { type EnvironmentName, environments } from "../sign_in_options.ts";
import { machineFetch } from "../provider/provider_fetch.ts";
import { openProvider } from "../provider/provider.ts";
import { keptToken, type TokenFunction } from "./kept_token.ts";

const HEADLINE = "Cannot use the client's credentials";

/** Options of {@linkcode clientCredentials}. */
export interface ClientCredentialsOptions {
  /** The client; it is one of your own, with a secret. */
  readonly clientId: string;
  /** Its secret: read it from where secrets are kept, never from a file beside the code. */
  readonly clientSecret: string;
  /** Where. @default {"production"} */
  readonly environment?: EnvironmentName;
  /** Another sign-in service. @default the environment's */
  readonly issuer?: string;
  /** What is asked for. @default what the client has by default */
  readonly scope?: string;
}

/**
 * Tokens for a program without a person: those of a confidential client itself (OAuth 2.0, client credentials). They are
 * asked for when a call needs one.
 *
 * @throws {SignInError} if there is no secret (`reason: "missing"`); in the call, if the client or its secret is not
 * known there (`reason: "client"`).
 *
 * @example
 * ```ts
 * import { AuthenticatedClient } from "@apex-dispatch/client";
 * import { clientCredentials } from "@apex-dispatch/client/auth";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox();
 * const token = clientCredentials({ issuer: sandbox.issuer, ...sandbox.identity.agent });
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token });
 * assertEquals((await client.unitJobs.list()).length, 0);
 * ```
 */
export function clientCredentials(options: ClientCredentialsOptions): TokenFunction {
  return orDispatchError(
    HEADLINE,
    () => clientCredentialsWith(options, { fetch: machineFetch, clock: systemClock }),
  );
}

/** The same with a clock of one's own. */
export function clientCredentialsWith(
  options: ClientCredentialsOptions,
  around: { readonly fetch: typeof fetch; readonly clock: Clock },
): TokenFunction {
  checkOptions<ClientCredentialsOptions>(HEADLINE, options, {
    clientId: "string",
    clientSecret: "string",
    environment: ["production", "development"],
    issuer: "string",
    scope: "string",
  });
  const { clientId, clientSecret, environment = "production", scope } = options;
  const missing = (["clientId", "clientSecret"] as const).filter((name) => !options[name]);
  if (missing.length > 0) {
    throw new SignInError(
      `${HEADLINE}: there is nothing in ${
        missing.join(" and ")
      }: is the variable set that is read?`,
      { reason: "missing" },
    );
  }
  const { issuer = environments[environment].issuer } = options;
  const provider = openProvider({ issuer, clientId, clientSecret, ...around });
  return keptToken(() => provider.ownTokens({ scope }), around.clock);
}
