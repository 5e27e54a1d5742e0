import { orDispatchError } from "../../core/dispatch_error.ts";
import { type Clock, systemClock } from "../../core/waiting.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";
import { checkOptions } from "../../models/schema/options.ts";
import { type EnvironmentName, environments } from "../sign_in_options.ts";
import { machineFetch } from "../provider/provider_fetch.ts";
import { openProvider } from "../provider/provider.ts";
import { readVariable, type Variables } from "../variables.ts";
import { keptToken, type TokenFunction } from "./kept_token.ts";

const HEADLINE = "Cannot take a token from the environment";

/** Options of {@linkcode fromEnvironment}. */
export interface FromEnvironmentOptions {
  /** Where. @default {"production"} */
  readonly environment?: EnvironmentName;
  /** Another sign-in service. @default the environment's */
  readonly issuer?: string;
  /** The client that the refresh token was given to. @default the environment's */
  readonly clientId?: string;
}

/** The variables that are read. */
const ACCESS = "APEX_DISPATCH_TOKEN";
const REFRESH = "APEX_DISPATCH_REFRESH_TOKEN";

/**
 * Tokens from the environment of a program: an access token in `APEX_DISPATCH_TOKEN`, which is used until it expires, or
 * a refresh token in `APEX_DISPATCH_REFRESH_TOKEN`, which is renewed as long as the program runs. Where the sign-in
 * service rotates refresh tokens, one in a variable is good for one program, once.
 *
 * @throws {SignInError} if there is neither (`reason: "missing"`); in the call, if what there is has ended.
 */
export function fromEnvironment(options: FromEnvironmentOptions = {}): TokenFunction {
  const around = { fetch: machineFetch, clock: systemClock, variable: readVariable };
  return orDispatchError(HEADLINE, () => fromEnvironmentWith(options, around));
}

/** The same with an environment of one's own. */
export function fromEnvironmentWith(
  options: FromEnvironmentOptions,
  around: { readonly fetch: typeof fetch; readonly clock: Clock; readonly variable: Variables },
): TokenFunction {
  checkOptions<FromEnvironmentOptions>(HEADLINE, options, {
    environment: ["production", "development"],
    issuer: "string",
    clientId: "string",
  });
  const { variable, clock } = around;
  const accessToken = variable(ACCESS);
  if (accessToken !== undefined) return constant(accessToken);
  let refreshToken = variable(REFRESH);
  if (refreshToken === undefined) {
    throw new SignInError(
      `${HEADLINE}: neither ${ACCESS} nor ${REFRESH} is set: set one, or call signIn()`,
      { reason: "missing" },
    );
  }
  const known = environments[options.environment ?? "production"];
  const { issuer = known.issuer, clientId = known.clientId } = options;
  const provider = openProvider({ issuer, clientId, ...around });
  return keptToken(async () => {
    const tokens = await provider.refresh(refreshToken ?? "", {}).catch((error: unknown) => {
      throw error instanceof SignInError && error.reason === "ended" ? usedUp(issuer) : error;
    });
    refreshToken = tokens.refreshToken ?? refreshToken;
    return tokens;
  }, clock);
}

function usedUp(issuer: string): SignInError {
  return new SignInError(
    `Cannot renew the sign-in at ${
      new URL(issuer).host
    }: the refresh token in ${REFRESH} has ended, or another program ` +
      "has used it: put a fresh one there, or call signIn()",
    { reason: "ended" },
  );
}

function constant(accessToken: string): TokenFunction {
  return ({ rejected } = {}) =>
    rejected === undefined || rejected !== accessToken.trim()
      ? Promise.resolve(accessToken)
      : Promise.reject(
        new SignInError(
          `The service does not take the token in ${ACCESS}, which has expired or is of another sign-in service: ` +
            "put a fresh one there, or call signIn()",
          { reason: "ended" },
        ),
      );
}
