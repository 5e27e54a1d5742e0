import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  checkSignInOptions,
  environments,
  REDIRECT_URI,
  SCOPE,
} from "../../src/auth/sign_in_options.ts";
import { signInWith } from "../../src/auth/sign_in.ts";
import { ModelInvalidError } from "../../src/models/schema/issue.ts";
import { ROOT } from "../gate/entrypoints.ts";
import { filesBelow } from "../gate/modules.ts";
import { test } from "../support/test.ts";
import { surroundings } from "./support/around.ts";

test("environments have a service, an issuer and a client each, over TLS", () => {
  for (const { service, issuer, clientId } of Object.values(environments)) {
    assert(service.startsWith("https://") && issuer.startsWith("https://"));
    assert(!service.endsWith("/") && !issuer.endsWith("/"));
    assert(clientId.startsWith("apex-dispatcher-api-"));
  }
  assertEquals(new URL(REDIRECT_URI).hostname, "localhost");
  assertEquals(SCOPE.split(" ").includes("offline_access"), true);
});

test("environments are named once in the code", async () => {
  const found: string[] = [];
  for (const path of await filesBelow(ROOT, "src")) {
    const text = await Deno.readTextFile(new URL(path, ROOT));
    const code = text.replaceAll(
      /\/\*[^]*?\*\/|\/\/.*$/gm,
      (part) => part.includes("://") && !part.startsWith("/*") ? part : "",
    );
    if (/apex-dispatcher-api-|auth\.(?:dev\.)?apex\.esa\.int\/realms\/apex"/.test(code)) {
      found.push(path);
    }
  }
  assertEquals(found.filter((path) => path !== "src/auth/provider/provider.ts"), [
    "src/auth/sign_in_options.ts",
  ]);
});

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
