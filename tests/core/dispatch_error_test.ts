import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  DispatchError,
  isReason,
  orDispatchError,
  orDispatchErrorLater,
  toDispatchError,
} from "../../src/core/dispatch_error.ts";
import { test } from "../support/test.ts";

test("DispatchError carries name, message, hint and cause", () => {
  const cause = new Error("below");
  const error = new DispatchError("Cannot do it", { hint: "do that", cause });
  assert(error instanceof Error);
  assertEquals(error.name, "DispatchError");
  assertEquals(error.message, "Cannot do it");
  assertEquals(error.hint, "do that");
  assertEquals(error.cause, cause);
});

test("DispatchError has neither hint nor cause of its own when none was given", () => {
  const error = new DispatchError("Cannot do it");
  assertEquals([Object.hasOwn(error, "cause"), error.hint], [false, undefined]);
  assertEquals(Object.hasOwn(new DispatchError("x", { cause: undefined }), "cause"), true);
});

test("DispatchError carries no control character, no turn of direction and no secret into its words", () => {
  const { message, hint, stack = "" } = new DispatchError(
    "Cannot read \u202ea\u009b31m\u0007\n  of https://me:s3cret@x.test/?token=s3cret",
    { hint: "ask \u001b[2Jhttps://x.test/?sig=s3cret" },
  );
  assertEquals(message, "Cannot read a\n  of https://(hidden)@x.test/?token=(hidden)");
  assertEquals(hint, "ask https://x.test/?sig=(hidden)");
  assertEquals(stack.includes("s3cret") || stack.includes("\u202e"), false);
});

test("DispatchError names in its stack the caller's own line alone, and keeps all frames beside it", () => {
  const error = assertThrows(
    () =>
      orDispatchError("Cannot do it", () => {
        throw new Error("below");
      }),
    DispatchError,
  );
  const frames = (stack = "") => stack.split("\n").filter((line) => /^\s+at /.test(line));
  assertEquals(frames(error.stack).length, 1);
  assert(frames(error.stack)[0]?.includes("dispatch_error_test.ts"));
  assert(frames(error.fullStack).some((line) => line.includes("src/core/dispatch_error.ts")));
  assertEquals(Object.keys(error), []);
});

test("toDispatchError() keeps ours, and makes one of whatever else was thrown", () => {
  const ours = new DispatchError("Cannot");
  assertEquals(toDispatchError(ours, "Cannot do it") === ours, true);
  const made = toDispatchError(new TypeError("bad token=s3cret"), "Cannot do it");
  assertEquals(made.message, "Cannot do it: bad token=(hidden)");
  assertEquals(made.cause instanceof Error && made.cause.name, "TypeError");
  assertEquals(toDispatchError(undefined, "Cannot").message, "Cannot: undefined");
  assertEquals(toDispatchError(new RangeError(), "Cannot").message, "Cannot: RangeError");
  assertEquals(orDispatchError("Cannot", () => 5), 5);
});

test("new DispatchError() keeps a message to a length that can be read", () => {
  const { message, hint } = new DispatchError("x".repeat(1_000_000), { hint: "y".repeat(30_000) });
  assertEquals([message.length, message.at(-1), hint?.length], [20_001, "…", 20_001]);
});

test("orDispatchErrorLater() passes the signal's own reason on, and makes an error of ours of the rest", async () => {
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  const fail = (thrown: unknown) => () => Promise.reject(thrown);
  const told = async (options: unknown, thrown: unknown) =>
    await orDispatchErrorLater("Cannot do it", options, fail(thrown)).catch((error) => error);
  assertEquals(await told({ signal }, reason), reason);
  const ours = await told({ signal }, new TypeError("odd"));
  assert(ours instanceof DispatchError);
  assertEquals(ours.message, "Cannot do it: odd");
  assert(await told(undefined, reason) instanceof DispatchError);
  assertEquals(await told(undefined, ours), ours);
  assertEquals(await orDispatchErrorLater("Cannot do it", null, () => Promise.resolve(7)), 7);
});

test("isReason() takes options that cannot be read for none", () => {
  const reason = new Error("enough");
  assertEquals(isReason(reason, { signal: AbortSignal.abort(reason) }), true);
  assertEquals(isReason(reason, { signal: { aborted: true, reason } }), false);
  const trap = {
    get signal(): AbortSignal {
      throw reason;
    },
  };
  assertEquals([isReason(reason, trap), isReason(reason, null)], [false, false]);
});

test("orDispatchErrorLater() lets Stop through as it is", async () => {
  const stop = new DOMException("Stopped downloading", "AbortError");
  const thrown = await orDispatchErrorLater("Cannot download", {}, () => Promise.reject(stop))
    .catch((error: unknown) => error);
  assertEquals(thrown === stop, true);
});
