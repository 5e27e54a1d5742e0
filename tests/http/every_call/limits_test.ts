// What is too long is not read to its end, and is said.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { AuthenticatedClient, ResponseInvalidError, ServerError } from "../../../mod.ts";
import { JOB_REQUEST, wholeJob } from "../../support/requests.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";

/** An answer whose body begins like this and never ends. */
function endless(start: string, init: ResponseInit): Response {
  const part = new Uint8Array(65_536).fill(97);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
    pull: (controller) => controller.enqueue(part),
  });
  return new Response(body, init);
}

test("a refusal that never ends is cut after 1 MiB, and says so", async () => {
  await using server = serve(() => endless("<html>down", { status: 502 }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken", retry: false });
  const error = await assertRejects(() => client.unitJobs.get(42), ServerError);
  assertEquals(error.content.length, 1024 ** 2);
  assert(error.message.includes("of a body longer than 1 MiB the rest was not read"));
});

test("an answer longer than maxBody is an error that says how to allow more", async () => {
  const job = { ...wholeJob(), title: "a".repeat(2000) };
  await using server = serve(() => Response.json(job));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken", maxBody: 1000 });
  const error = await assertRejects(() => client.unitJobs.get(42), ResponseInvalidError);
  assert(
    error.message.includes("the service answered 200 with a body that is longer than may be read"),
  );
  assert(
    error.message.includes("allow more (option maxBody of the client, in bytes)"),
    error.message,
  );
  assertEquals((await client.with({ maxBody: 10_000 }).unitJobs.get(42)).id, 42);
});

test("an answer that never ends and is no JSON is given up early", async () => {
  await using server = serve(() => endless("<html>", { headers: { "Content-Type": "text/html" } }));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const error = await assertRejects(() => client.unitJobs.get(42), ResponseInvalidError);
  assert(error.message.includes("check the base URL"), error.message);
  assert(error.content.length <= 1024 ** 2);
});

test("createSync() is held to maxBody, and streams past it when asked to", async () => {
  const result = "a".repeat(5000);
  await using server = serve(() =>
    new Response(result, { headers: { "Content-Type": "image/tiff" } })
  );
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken", maxBody: 1000 });
  const error = await assertRejects(
    () => client.unitJobs.createSync(JOB_REQUEST),
    ResponseInvalidError,
  );
  assert(error.message.includes("or take it as it arrives (option stream)"), error.message);
  assertEquals(error.outcome, "unknown");
  const streamed = await client.unitJobs.createSync(JOB_REQUEST, { stream: true });
  if (streamed.kind !== "stream") throw new Error(`Not a stream: ${streamed.kind}`);
  assertEquals((await new Response(streamed.data).text()).length, 5000);
});
