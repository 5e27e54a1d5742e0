import { allWords, type Failure, hintOf, type Rule, says } from "./failure.ts";

/** Words with which a service says that it could not ask its sign-in service. */
const SIGN_IN_UNREACHABLE =
  /jwks|openid-connect|urlopen|fetch data from the url|Max retries exceeded|Connection refused|name resolution|timed out/i;

/** Causes about sign-in and the account, which no platform has a say in. */
const ACCOUNT: readonly Rule[] = [
  {
    when: says(/link your account/i),
    hint:
      "open the account page named above and link your account with that platform; a fresh token does not help",
  },
  {
    when: says(/not allowed to exchange/i),
    hint:
      "this token's client may not act for you on that platform: sign in through the client id that your Dispatch service names, or ask its team",
  },
  {
    when: says(/Could not authenticate with [^:\n]{1,200}: Invalid token/),
    hint: "the sign-in service does not take this token for that platform: sign in anew",
  },
  {
    when: ({ status, errorCode }) => status === 502 && errorCode === "AUTHENTICATION_FAILED",
    hint: "the sign-in service cannot be reached from the Dispatch service: wait a few minutes",
  },
  {
    when: says(/Authentication error when executing/),
    hint:
      "the platform itself refused your sign-in: sign in anew and check that your account there is valid",
  },
  {
    when: (failure) => failure.status === 401 && /Not authenticated/.test(failure.message),
    hint:
      'the service saw no bearer token: use AuthenticatedClient with the prefix "Bearer" and the header "Authorization"',
  },
  {
    when: (failure) => failure.status === 401 && SIGN_IN_UNREACHABLE.test(allWords(failure)),
    hint:
      "the Dispatch service cannot reach the sign-in service to check your token, which may be right: ask again in a few minutes",
  },
  { when: (failure) => isAuthentication(failure), hint: tokenHint },
  {
    when: ({ status, errorCode }) => status === 403 && errorCode === undefined,
    hint:
      "something before the service does not let this call through, such as a proxy or a firewall: check the base URL and your network, and ask the service's team",
  },
  {
    when: ({ status, platform }) => status === 403 && platform === undefined,
    hint:
      "your account may not do this, or the platform refused your sign-in: sign in anew, then ask the platform's team",
  },
];

/** What to do about a failure that has to do with sign-in or the account. */
export function accountHint(failure: Failure): string | undefined {
  return hintOf(ACCOUNT, failure);
}

/** Whether the service does not take the token, in its own words; a platform's are another matter. */
function isAuthentication(failure: Failure): boolean {
  const { status, platform, reason } = failure;
  return platform === undefined &&
    (status === 401 || /AUTHENTICATION_FAILED/.test(`${failure.message} ${reason ?? ""}`) ||
      failure.errorCode === "AUTHENTICATION_FAILED" && status !== 403);
}

/** What a refused token may be about, by what it says of itself. */
function tokenHint(failure: Failure): string {
  const { token } = failure;
  if (token?.expired === true) {
    return "the token has expired: sign in anew; a token function (option token) lets the client ask for a fresh one by itself";
  }
  const client = token?.client === undefined ? "its client" : `the client "${token.client}"`;
  if (token?.audience === true || /audience/i.test(allWords(failure))) {
    return `the token is meant for somebody else (it has an \`aud\` claim), and the service takes none of ${client}: ` +
      "sign in through the client id that your Dispatch service names, or ask its team to let that client leave out the claim";
  }
  if (token?.expired === false) {
    return "the token has not expired: it is of another sign-in service (development and production have one each), was " +
      "revoked, or the sign-in service cannot be reached to check it; sign in anew at the one that belongs to the base URL";
  }
  return "the token is expired or not meant for this service: sign in anew; a token function (option token) lets the client ask for a fresh one by itself";
}
