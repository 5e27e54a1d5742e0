import { assertRejects, assertThrows } from "@std/assert";
import { checkSignInOptions } from "../../src/auth/sign_in_options.ts";
import { signInWith } from "../../src/auth/sign_in.ts";
import { ModelInvalidError } from "../../src/models/schema/model_invalid_error.ts";
import { test } from "../support/test.ts";
import { surroundings } from "./support/around.ts";

test("checkSignInOptions() refuses before anybody is asked what would fail afterwards", async () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ timeout: "5s" }, "timeout: expected milliseconds above 0"],
    [{ timeout: NaN }, "timeout: expected milliseconds above 0"],
    [{ timeout: -1 }, "timeout: expected milliseconds above 0"],
    [{ clientId: "" }, "clientId: expected the id of a client, got an empty string"],
    [{ store: "memroy" }, 'got the string "memroy"; did you mean "memory"?'],
    [{ store: null }, "(SignInStore), got null"],
    [{ store: {} }, "with get and set"],
    [{ store: { get: () => undefined } }, "with get and set"],
  ];
  for (const [options, words] of wrong) {
    assertThrows(() => checkSignInOptions(options), ModelInvalidError, words);
    await assertRejects(() => signInWith(options, surroundings()), ModelInvalidError, words);
  }
});

test("checkSignInOptions() takes a store of one's own, a class's too, and no time limit", () => {
  class Keyring {
    get(): undefined {}
    set(): void {}
  }
  checkSignInOptions({ store: new Keyring(), timeout: null });
  checkSignInOptions({ store: "memory", timeout: Infinity });
});
