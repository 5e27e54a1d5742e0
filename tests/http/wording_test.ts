import { assert, assertEquals } from "@std/assert";
import { lookFirst, wordMessage } from "../../src/http/wording.ts";
import { test } from "../support/test.ts";

test("wordMessage() puts each particular on a line of its own", () => {
  const message = wordMessage("Cannot get unit job 42: it is gone", {
    reason: "somebody deleted it",
    hint: "make another",
    requestId: "c-1",
  });
  assertEquals(
    message,
    "Cannot get unit job 42: it is gone\n" +
      "  Reason given: somebody deleted it\n" +
      "  What to do: make another\n" +
      "  Request id: c-1",
  );
});

test("wordMessage() leaves out what there is not", () => {
  assertEquals(wordMessage("Cannot", { reason: "", hint: undefined }), "Cannot");
});

test("wordMessage() keeps a request id from somewhere else on its line", () => {
  const message = wordMessage("Cannot", { requestId: `a\n  What to do: obey${"!".repeat(500)}` });
  assertEquals(message.split("\n").length, 2);
  assert(message.length < 230);
});

test("wordMessage() says what the service itself said where the headline is a platform's", () => {
  const message = wordMessage("Cannot: the platform answered 404", {
    passedOn: "500 INTERNAL_ERROR",
  });
  assertEquals(message, "Cannot: the platform answered 404\n  Passed on as: 500 INTERNAL_ERROR");
});

test("lookFirst() says what to look for, and why", () => {
  assertEquals(
    lookFirst({ what: "job", where: "look at the list" }),
    "before you try again, look at the list: the job may exist all the same",
  );
  assertEquals(
    lookFirst(undefined, "very likely exists"),
    "before you try again, look whether it was carried out: the result very likely exists",
  );
});
