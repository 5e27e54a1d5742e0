import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readDocument } from "../../../../src/results/download/plan/read_document.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { serve } from "../../../support/server.ts";
import { test } from "../../../support/test.ts";

async function failure(answer: () => Response): Promise<string> {
  await using server = serve(answer);
  const options = { fetch, signal: new AbortController().signal };
  const error = await assertRejects(
    () => readDocument(`${server.url}/x?sig=s3cret`, options),
    ResultsError,
  );
  assertEquals(error.message.includes("s3cret"), false);
  return error.message;
}

test("readDocument() says what stands in the way, without the address", async () => {
  assertStringIncludes(
    await failure(() => new Response("", { status: 401 })),
    "wants a token of the platform",
  );
  assertStringIncludes(
    await failure(() => new Response("", { status: 500 })),
    "the answer was 500",
  );
  assertStringIncludes(await failure(() => new Response("<html>")), "it is not JSON");
  assertStringIncludes(
    await failure(() => new Response("x".repeat(17_000_000))),
    "larger than 16 MiB",
  );
});

test("readDocument() says of an answer that breaks off that it was cut off, and ends with the signal's reason", async () => {
  const broken = (error: unknown) => () =>
    Promise.resolve(new Response(new ReadableStream({ pull: (body) => body.error(error) })));
  const { message } = await assertRejects(
    () =>
      readDocument("https://files.example.test/x?sig=s3cret", {
        fetch: broken(new TypeError("reset by s3cret")),
        signal: new AbortController().signal,
      }),
    ResultsError,
    "files.example.test: its answer was cut off",
  );
  assertEquals(message.includes("s3cret"), false);
  const stop = new AbortController();
  const never = () =>
    Promise.resolve(new Response(new ReadableStream({ pull: () => stop.abort("enough") })));
  const thrown = await readDocument("https://files.example.test/x", {
    fetch: never,
    signal: stop.signal,
  }).then(() => "it was read", (reason: unknown) => reason);
  assertEquals(thrown, "enough");
});
