import { assertEquals } from "@std/assert";
import { readErrorBody } from "../../../src/api/failures/error_body.ts";
import { test } from "../../support/test.ts";

const read = (body: unknown, secrets: readonly string[] = []) =>
  readErrorBody(JSON.stringify(body), "application/json", secrets);

test("readErrorBody() reads the service's own shape, and the platform's words in it", () => {
  const body = {
    status: "error",
    error_code: "INTERNAL_ERROR",
    message: "It broke",
    details: { error: "[402] PaymentRequired: no credits" },
    request_id: "c-1",
  };
  const { message, errorCode, requestId, reason, platform } = read(body);
  assertEquals({ message, errorCode, requestId, reason, platform }, {
    message: "It broke",
    errorCode: "INTERNAL_ERROR",
    requestId: "c-1",
    reason: "[402] PaymentRequired: no credits",
    platform: { status: 402, code: "PaymentRequired", sentence: "no credits" },
  });
  const inside = { ...body, details: { error: { code: "X1", message: "deep" } } };
  assertEquals(read(inside).platform, { code: "X1", sentence: "deep" });
});

test("readErrorBody() reads what a framework puts into its detail", () => {
  assertEquals(read({ detail: "Not Found" }).message, "Not Found");
  const passedOn = read({ detail: "An error occurred while asking: [404] NotFound: gone" });
  assertEquals([passedOn.message, passedOn.platform?.code], [
    "An error occurred while asking",
    "NotFound",
  ]);
  const code = read({ detail: "An error occurred while asking: AUTHENTICATION_FAILED: no" });
  assertEquals([code.message, code.otherCode, code.errorCode], [
    "no",
    "AUTHENTICATION_FAILED",
    undefined,
  ]);
  const own = { error_code: "X", message: "wrapped" };
  assertEquals(read({ detail: own }).errorCode, "X");
});

test("readErrorBody() takes secrets out of what it reads", () => {
  const { message, details } = read({ message: "bad token t0p-s3cret", refresh_token: "r3fresh" }, [
    "t0p-s3cret",
  ]);
  assertEquals([message, details], ["bad token (hidden)", {
    message: "bad token (hidden)",
    refresh_token: "(hidden)",
  }]);
});

test("readErrorBody() says what a page says, and what there is where it says nothing", () => {
  const said = (text: string, type = "text/html") => readErrorBody(text, type, []).message;
  assertEquals([
    said("<title>502 Bad Gateway</title><p>nginx"),
    said("busy", "text/plain"),
    said(" "),
    said("<script>x()</script>"),
  ], [
    'with a page that says "502 Bad Gateway"',
    'with the text "busy"',
    "with an empty body",
    "with a page without words",
  ]);
});
