import { assertEquals } from "@std/assert";
import { clientCard, resourceCard } from "../../../../src/display/views/service/client.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf } from "../../views.ts";

const baseUrl = "https://dispatch.example.test";
const calls = [["unitJobs", "create, get"]] as const;

test("clientCard() says where it leads, who is signed in, and what it can do", () => {
  const expires = new Date("2026-11-23T15:38:21Z");
  const card = clientCard({ baseUrl, account: { kind: "token", user: "ada", expires }, calls });
  assertEquals(String(card).split("\n"), [
    "Dispatch client  https://dispatch.example.test",
    "Signed in  ada until 2026-11-23 15:38:21 UTC",
    "unitJobs   create, get",
  ]);
  checkHtml(bundleOf(card)["text/html"]);
});

test("clientCard() says no more of an account than is known", () => {
  const signedIn = (account: Parameters<typeof clientCard>[0]["account"]) =>
    String(clientCard({ baseUrl, account, calls: [] })).split("\n")[1];
  assertEquals(signedIn({ kind: "none" }), "Signed in  nobody: these calls need no account");
  assertEquals(
    signedIn({ kind: "asked" }),
    "Signed in  by a function, which is asked for a token when one is needed",
  );
  assertEquals(
    signedIn({ kind: "token", user: undefined, expires: undefined }),
    "Signed in  with a token that does not say until when",
  );
});

test("resourceCard() lists calls as they are typed", () => {
  assertEquals(
    String(resourceCard("client.tiles", [["split({ aoi })", "cuts an area"]])).split("\n"),
    [
      "client.tiles",
      "split({ aoi })  cuts an area",
    ],
  );
});
