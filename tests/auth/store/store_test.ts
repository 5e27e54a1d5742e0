import { assertEquals, assertNotEquals } from "@std/assert";
import { memoryStore, storeKey } from "../../../src/auth/store/store.ts";
import { test } from "../../support/test.ts";

test("memoryStore() keeps and forgets, each store by itself", async () => {
  const store = memoryStore();
  await store.set("a", "1");
  assertEquals([await store.get("a"), await memoryStore().get("a")], ["1", undefined]);
  await store.set("a", undefined);
  assertEquals(await store.get("a"), undefined);
});

test("storeKey() tells issuers and clients apart, not how an issuer is spelt", () => {
  assertEquals(storeKey("https://a.test/", "x"), storeKey("https://a.test", "x"));
  assertNotEquals(storeKey("https://a.test", "x"), storeKey("https://a.test", "y"));
});
