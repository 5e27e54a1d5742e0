import { redact, redactCause } from "../../core/redact.ts";
import { phrase } from "../../core/text.ts";
import { formatDuration } from "../../core/units.ts";
import { isObject } from "../../core/objects.ts";
import { connectionTrouble } from "../../http/connection_trouble.ts";
import { SignInError, type SignInFailure } from "../../http/token/sign_in_error.ts";

/** What a failure is about. */
export interface FailureContext {
  /** The sign-in service. */
  readonly issuer: string;
  /** The client that was named to it. */
  readonly clientId: string;
  /** What was done, in the words of a headline. */
  readonly headline: string;
  /** Whether it showed a secret of its own: then there is no person whom anything could be asked of. */
  readonly confidential?: boolean;
  /** What must not be told. */
  readonly secrets: readonly string[];
}

/** A refusal in the words of OAuth 2.0 (RFC 6749, section 5.2). */
export interface Refusal {
  /** Its code, such as `invalid_grant`. */
  readonly error: string;
  /** Its sentence. */
  readonly description: string | undefined;
}

/** The refusal in what openid-client throws; nothing where it is something else. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!isObject(error) || typeof error["error"] !== "string") return undefined;
  const description = error["error_description"];
  return {
    error: error["error"],
    description: typeof description === "string" ? description : undefined,
  };
}

type Meanings = Readonly<
  Record<string, (about: FailureContext) => readonly [SignInFailure, string, string]>
>;

/** What each refusal means where a person signs in, and what to do about it. */
const REFUSALS: Meanings = {
  invalid_client: ({ clientId }) => [
    "client",
    `it does not know the client "${clientId}", or not as one without a secret`,
    "check the client id (option clientId) and the issuer: each environment has its own; ids are given out by APEx support",
  ],
  unauthorized_client: ({ clientId }) => [
    "flow",
    `the client "${clientId}" may not sign in in this way`,
    'leave the option flow out, take another flow ("browser", "paste", "device"), or ask APEx support to allow it for that client',
  ],
  access_denied: () => [
    "denied",
    "access was denied on the sign-in page",
    "call signIn() again and approve it",
  ],
  expired_token: () => ["expired", "the code has expired", "call signIn() again"],
  invalid_grant: () => [
    "ended",
    "the session is over, or was never there",
    "sign in again: await signIn()",
  ],
  invalid_scope: ({ clientId }) => [
    "refused",
    `the client "${clientId}" may not ask for this scope`,
    'check the option scope; "openid" alone does without a session that outlives the browser',
  ],
};

/** The same where a client signs itself in. */
const OWN_REFUSALS: Meanings = {
  invalid_client: ({ clientId }) => [
    "client",
    `it does not take the client "${clientId}" with this secret`,
    "check clientSecret, which may have been renewed there, clientId, and whether both are of this issuer",
  ],
  unauthorized_client: ({ clientId }) => [
    "flow",
    `the client "${clientId}" may not sign itself in`,
    "whoever runs that client has to allow it (client credentials; in Keycloak a service account), or let a person sign in: signIn()",
  ],
  invalid_scope: ({ clientId }) => [
    "refused",
    `the client "${clientId}" may not ask for this scope`,
    "check the option scope, or leave it out",
  ],
};

/** What a sign-in service's failure means to whoever wants to sign in. */
export function failureOf(error: unknown, about: FailureContext): SignInError {
  if (error instanceof SignInError) return error;
  const { headline, issuer, confidential = false, secrets } = about;
  const host = new URL(issuer).host;
  const make = (reason: SignInFailure, what: string, hint: string, cause?: Error) =>
    new SignInError(
      phrase(redact(`${headline} at ${host}: ${what}: ${hint}`, secrets), 1_000),
      { reason, hint, ...(cause === undefined ? {} : { cause }) },
    );
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    const known = meaningOf(refusal.error, about);
    const words = phrase(redact(refusal.description ?? "", secrets), 200);
    const said = words === "" ? `(${refusal.error})` : `(${refusal.error}: ${words})`;
    if (known !== undefined) return make(known[0], `${known[1]} ${said}`, known[2]);
    const passing = /^(?:server_error|temporarily_unavailable)$/.test(refusal.error);
    return make(
      passing ? "unreachable" : "refused",
      `it refused ${said}`,
      passing
        ? "try again in a few minutes"
        : confidential
        ? "ask whoever runs that client"
        : "call signIn() again; if it stays so, ask APEx support",
    );
  }
  const { code, cause } = partsOf(error);
  if (
    code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED" ||
    code === "OAUTH_INVALID_RESPONSE" && /issuer|"iss"/.test(textOf(error))
  ) {
    const claimed = claimedIssuer(cause);
    if (claimed?.replace(/\/$/, "") === issuer.replace(/\/$/, "")) {
      return make(
        "issuer",
        `it calls itself ${claimed}, not ${issuer}`,
        `write it in that way, to the slash: issuer: "${claimed}"`,
      );
    }
    return make(
      "issuer",
      claimed === undefined
        ? "what it says of itself is not of that issuer"
        : `it calls itself ${phrase(claimed, 200)}, not ${issuer}`,
      "somebody may be in between, or the issuer is misspelt: check the option issuer, and do not sign in there",
    );
  }
  if (code === "OAUTH_JWT_TIMESTAMP_CHECK_FAILED") {
    return make("clock", ...clockWords(cause));
  }
  const status = statusOf(cause);
  if (status !== undefined && status >= 500) {
    return make(
      "unreachable",
      `something between here and it answered ${status}, as a proxy does when the service behind it is down`,
      "try again in a few minutes",
    );
  }
  if (status !== undefined) {
    return make(
      "issuer",
      status === 404
        ? `there is no sign-in service at ${issuer} (404)`
        : `it answered ${status}, which a sign-in service does not`,
      "check the option issuer, which ends in /realms/ and a name where Keycloak runs it, and whether a firewall is in between",
    );
  }
  if (code === "OAUTH_RESPONSE_IS_NOT_JSON" || code === "OAUTH_PARSE_ERROR") {
    return make(
      "issuer",
      "what answered is no sign-in service, but some page",
      "check the option issuer; a network with a page of its own (hotel, firewall) wants its own sign-in first",
    );
  }
  return connectionFailure(error, about, make);
}

/** What a code of the service's means; nothing where it is not known, or no word of a sign-in service at all. */
function meaningOf(code: string, about: FailureContext) {
  const own = about.confidential === true && Object.hasOwn(OWN_REFUSALS, code);
  const meanings = own ? OWN_REFUSALS : REFUSALS;
  return Object.hasOwn(meanings, code) ? meanings[code]?.(about) : undefined;
}

type Make = (reason: SignInFailure, what: string, hint: string, cause?: Error) => SignInError;

function connectionFailure(error: unknown, { issuer, secrets }: FailureContext, make: Make) {
  const { kind, words, hint } = connectionTrouble(error);
  const { host } = new URL(issuer);
  if (kind === "forbidden") {
    return make(
      "permission",
      "this program may not reach it",
      `allow it (deno run --allow-net=${host}, and the Dispatch service's host)`,
    );
  }
  const transport = kind !== "other" || error instanceof TypeError ||
    deepest(error) instanceof TypeError;
  const cause = transport ? redactCause(deepest(error), secrets) : undefined;
  return transport
    ? make(
      "unreachable",
      `no connection (${phrase(words, 200)})`,
      (hint ?? "check the network, then try again").replace("base URL", "issuer"),
      cause,
    )
    : make(
      "refused",
      `its answer is not as it should be (${phrase(words, 200)})`,
      "ask APEx support",
    );
}

/** The words about a clock that differs, by what a token says of its making. */
function clockWords(cause: unknown): [what: string, hint: string] {
  // openid-client wraps what oauth4webapi throws, which holds the claims.
  const { claims, now } = partsOf(partsOf(cause)["cause"], "claims", "now");
  const { iat } = partsOf(claims, "iat");
  const ahead = typeof iat === "number" && typeof now === "number" ? now - iat : 0;
  const off = ahead === 0
    ? "differs from the sign-in service's"
    : `is ${formatDuration(Math.abs(ahead) * 1000)} ${
      ahead > 0 ? "ahead of" : "behind"
    } the sign-in service's`;
  return [
    `the clock of this machine ${off}, so that what it hands out looks as if it had expired`,
    "set this machine's clock (on a virtual machine: let it synchronise), then sign in again",
  ];
}

function claimedIssuer(cause: unknown): string | undefined {
  const { body } = partsOf(cause, "body");
  const { issuer } = partsOf(body, "issuer");
  return typeof issuer === "string" ? issuer : undefined;
}

function statusOf(cause: unknown): number | undefined {
  return cause instanceof Response && cause.status !== 200 ? cause.status : undefined;
}

function deepest(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? deepest(error.cause) : error;
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${textOf(error.cause)}` : "";
}

/** Some parts of a value that may be anything. */
function partsOf(value: unknown, ...names: string[]): Readonly<Record<string, unknown>> {
  const wanted = names.length === 0 ? ["code", "cause"] : names;
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(wanted.map((name) => [name, Reflect.get(value, name)]));
}
