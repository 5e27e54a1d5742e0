import { assertEquals, assertMatch } from "@std/assert";
import { isGenuine, signedLink } from "../../../src/sandbox/platform/links.ts";
import { test } from "../../support/test.ts";

const JOB = {
  id: "j-1",
  user: "ada",
  created: 0,
  arguments: {},
  title: "x",
  label: "openeo",
  service: { endpoint: "x", namespace: null, application: "x" },
  parameters: {},
  format: "gtiff",
} as const;

test("signedLink() has the user and the signature in its path, the end in its query", async () => {
  const options = { origin: "http://s.test", now: 1000, linkLife: 60_000 };
  const link = new URL(await signedLink(JOB, "a.tif", options));
  assertMatch(
    link.pathname,
    /^\/sandbox\/files\/jobs\/j-1\/results\/assets\/YWRh\/[0-9a-f]{32}\/a\.tif$/,
  );
  assertEquals(link.search, "?expires=61");
  const [, , , , id = "", , , user = "", signature = "", name = ""] = link.pathname.split("/");
  const parts = { id, user, signature, name, expires: 61 };
  assertEquals(await isGenuine(parts), true);
  for (const change of [{ name: "b.tif" }, { user: "YmVu" }, { expires: 62 }, { id: "j-2" }]) {
    assertEquals(await isGenuine({ ...parts, ...change }), false, JSON.stringify(change));
  }
});
