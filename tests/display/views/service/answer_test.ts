import { assert, assertEquals } from "@std/assert";
import {
  answerCard,
  doneCard,
  errorCard,
  rawResultCard,
} from "../../../../src/display/views/service/answer.ts";
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
