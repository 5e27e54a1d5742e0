import { assert, assertEquals } from "@std/assert";
import type { Failure } from "../../../src/api/failures/failure.ts";
import { accountHint, platformHint } from "../../../src/api/failures/platform_hints.ts";
import type { PlatformWords } from "../../../src/api/failures/platform_words.ts";
import { test } from "../../support/test.ts";

const hint = (platform: Partial<PlatformWords>, name = "unitJobs.create") => {
  const failure: Failure = {
    name,
    status: 500,
    message: "x",
    platform: { sentence: "", ...platform },
  };
  return platformHint(failure);
};

test("platformHint() goes by the code before the status", () => {
  assert(hint({ code: "PaymentRequired", status: 500 })?.includes("credits"));
  assert(hint({ code: "JobFailed", status: 424 }, "unitJobs.results")?.includes("never come"));
  assert(hint({ code: "ConcurrentJobLimit", status: 400 })?.includes("wait until one has ended"));
});

test("platformHint() says of no 4xx but 429 to wait, whatever the call", () => {
  for (
    const name of [
      "unitJobs.create",
      "unitJobs.createSync",
      "unitJobs.get",
      "unitJobs.results",
      "jobsStatus.get",
      "unitJobs.parameters",
    ]
  ) {
    for (let status = 400; status < 500; status++) {
      const said = hint({ status }, name) ?? "";
      assert(said.length > 20, `${name} ${status}`);
      assertEquals(/\bwait\b|few minutes/.test(said), status === 429, `${name} ${status}: ${said}`);
    }
  }
});

test("platformHint() says of a platform that is down that a job there goes on", () => {
  assertEquals(hint({ status: 503 }, "unitJobs.get")?.includes("the job itself goes on"), true);
  assertEquals(hint({ status: 503 }, "unitJobs.create"), "the platform failed or is down");
});

test("platformHint() reads the state of a job in an OGC platform's words", () => {
  const said = (sentence: string) =>
    hint({ status: 404, code: "x", sentence }, "unitJobs.results") ?? "";
  assert(said("job 1f2e is failed").includes("never come"));
  assert(said("job 1f2e was dismissed").includes("was canceled"));
  assert(said("job 1f2e is running").includes('says "finished"'));
});

test("platformHint() tells an address that is not there from one that is closed", () => {
  const url = "https://x.test/udp.json";
  assert(hint({ status: 404, url })?.startsWith("nothing is at service.application"));
  assert(hint({ status: 403, url })?.includes("not open to everyone"));
  assert(hint({ status: 503, url })?.includes("down or busy"));
});

test("platformHint() has nothing to say where no platform spoke", () => {
  assertEquals(platformHint({ name: "unitJobs.get", status: 500, message: "x" }), undefined);
});

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
