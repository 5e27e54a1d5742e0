import { assert, assertEquals } from "@std/assert";
import { ConnectionError, ServerError } from "../../mod.ts";
import { isFull, keyOf, passes } from "../../src/ledger/send_once.ts";
import { test } from "../support/test.ts";
import { requestOf } from "./support.ts";

function serverError(status: number, error?: string): ServerError {
  return new ServerError("no", { status, content: "", details: { error } });
}

test("passes() tells what passes by itself from what a platform said for good", () => {
  assert(passes(new ConnectionError("cut off")));
  for (const status of [429, 502, 503, 504, 522]) assert(passes(serverError(status)));
  assert(passes(serverError(500, "[429] TooManyRequests: slow down")));
  assert(passes(serverError(500, "[400] ConcurrentJobLimit: you have 2 jobs")));
  assert(!passes(serverError(500, "[402] PaymentRequired: no credits")));
  assert(!passes(serverError(500, "value too long for type character varying(255)")));
  assert(!passes(serverError(501)));
});

test("isFull() knows a platform that takes no more for now", () => {
  assert(isFull(serverError(429)));
  assert(isFull(serverError(503)));
  assert(isFull(serverError(500, "[400] ConcurrentJobLimit: you have 2 jobs")));
  assert(!isFull(serverError(502)));
  assert(!isFull(serverError(500, "[402] PaymentRequired: no credits")));
});

test("keyOf() is the request's own, or its digest", () => {
  const request = requestOf(1);
  assertEquals(keyOf({ key: "north", request }), "north");
  const key = keyOf({ key: undefined, request });
  assertEquals(key.length, 16);
  assertEquals(key, keyOf({ key: undefined, request: requestOf(1) }));
});
