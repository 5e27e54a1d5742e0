import { assert, assertEquals } from "@std/assert";
import {
  answerCard,
  clientCard,
  doneCard,
  errorCard,
  healthCard,
  rawResultCard,
  resourceCard,
} from "../../../../src/display/views/service/cards.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf } from "../../views.ts";

const WHOLE = {
  ok: true,
  status: 200,
  headers: new Headers({ "Content-Type": "application/json" }),
  content: new Uint8Array(1_234),
  requestId: "r-1",
};

test("answerCard() is short, whatever the answer holds", () => {
  assertEquals(String(answerCard(WHOLE)).split("\n"), [
    "Answer  ✓ 200",
    "Media type  application/json",
    "Size        1.2 kB",
    "Request id  r-1",
    "Body        parsed holds what it says",
  ]);
  const failed = answerCard({
    ...WHOLE,
    ok: false,
    status: 404,
    headers: new Headers(),
    error: new Error("Cannot get job 5\n  Request id: r-1"),
  });
  assertEquals(String(failed).split("\n"), [
    "Answer  ✗ 404",
    "Media type  not told",
    "Size        1.2 kB",
    "",
    "! Cannot get job 5",
    "  Request id: r-1",
  ]);
  checkHtml(bundleOf(failed)["text/html"]);
});

test("errorCard() is the message, whatever was thrown, and not the stack", () => {
  assertEquals(String(errorCard(new Error("It broke\n  What to do: mend it"))).split("\n"), [
    "! It broke",
    "  What to do: mend it",
  ]);
  assertEquals(String(errorCard(new Error(""))), "! Error");
  assertEquals(String(errorCard("a text")), "! a text");
  assertEquals(String(errorCard("")), "! It failed");
  const hostile = new Error("<img src=x onerror=alert(1)>\n".repeat(100));
  const html = bundleOf(errorCard(hostile))["text/html"];
  assert(!html.includes("<img"));
  assertEquals(checkHtml(html).match(/onerror/g)?.length, 20);
});

test("doneCard() says that it is done", () => {
  assertEquals(String(doneCard(204)), "✓ done  the service says 204");
});

test("rawResultCard() says what a platform sent, and where it is", () => {
  const lines = (data: unknown, kind: "json" | "bytes" | "stream" = "json") =>
    String(rawResultCard({ kind, mediaType: "image/tiff", data })).split("\n").slice(2);
  assertEquals(lines(new Uint8Array(2_000), "bytes"), [
    "Holds       2.0 kB",
    "Next        data holds it",
  ]);
  assertEquals(lines(new ReadableStream(), "stream")[0], "Holds       a stream that is read once");
  assertEquals(
    lines({ "2025-05-11T00:00:00Z": [[1]], "2025-05-01T00:00:00Z": [[2]] })[0],
    "Holds       a time series of 2 dates, 2025-05-01 → 2025-05-11",
  );
  assertEquals(
    lines({ type: "FeatureCollection", features: [] })[0],
    "Holds       2 fields: type, features",
  );
  assertEquals(lines([1, 2])[0], "Holds       2 items");
  assertEquals(lines({})[0]?.trim(), "Holds       0 fields:");
  assertEquals(lines(null)[0], "Holds       null");
});

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

test("healthCard() tells how the service and its database are", () => {
  assertEquals(
    String(healthCard({ status: "ok", database: { status: "ok", message: null } })),
    "Dispatch service  ✓ ok\nDatabase  ✓ ok",
  );
  assertEquals(
    String(
      healthCard({ status: "error", database: { status: "error", message: "no connection" } }),
    ),
    "Dispatch service  ✗ error\nDatabase  ✗ error  no connection",
  );
  assertEquals(
    String(healthCard({ status: "degraded", database: { status: "" } })),
    "Dispatch service  • degraded\nDatabase  • none",
  );
});
