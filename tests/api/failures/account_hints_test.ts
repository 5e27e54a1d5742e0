import { assert, assertEquals } from "@std/assert";
import { accountHint } from "../../../src/api/failures/account_hints.ts";
import type { Failure } from "../../../src/api/failures/failure.ts";
import { test } from "../../support/test.ts";

const REFUSED: Failure = {
  name: "unitJobs.get",
  status: 401,
  errorCode: "AUTHENTICATION_FAILED",
  message: "Could not validate credentials. Please retry signing in.",
};

test("accountHint() goes by what the token says of itself", () => {
  const hints = [
    [{}, "expired or not meant for this service"],
    [{ expired: true }, "the token has expired"],
    [{ expired: false }, "the token has not expired"],
    [{ expired: false, audience: true, client: "my-client" }, 'the client "my-client"'],
  ] as const;
  for (const [token, named] of hints) {
    const hint = accountHint({ ...REFUSED, token }) ?? "";
    assert(hint.includes(named), hint);
  }
});

test("accountHint() does not blame the token where the sign-in service cannot be reached", () => {
  for (
    const message of [
      'Fail to fetch data from the url, err: "<urlopen error [Errno 111] Connection refused>"',
      "HTTPSConnectionPool(host='auth.test', port=443): Max retries exceeded with url: /realms/apex",
    ]
  ) {
    const hint = accountHint({ ...REFUSED, message, token: { expired: false } }) ?? "";
    assert(hint.includes("cannot reach the sign-in service"), hint);
  }
});

test("accountHint() tells the account's 403 from a proxy's", () => {
  const forbidden = { ...REFUSED, status: 403, message: "no" };
  assert(accountHint(forbidden)?.startsWith("your account may not do this"));
  assert(accountHint({ ...forbidden, errorCode: undefined })?.includes("a proxy or a firewall"));
});

test("accountHint() says nothing of what a platform refused, and of other failures", () => {
  const platform = { status: 403, code: "TokenInvalid", sentence: "expired" };
  assertEquals(
    accountHint({ ...REFUSED, status: 500, errorCode: "INTERNAL_ERROR", message: "x", platform }),
    undefined,
  );
  assertEquals(accountHint({ name: "unitJobs.get", status: 404, message: "x" }), undefined);
});
