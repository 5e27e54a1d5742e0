import { assertEquals, assertRejects } from "@std/assert";
import { jsonAnswer, rawAnswer, toResponse } from "../../../src/sandbox/server/answer.ts";
import { test } from "../../support/test.ts";

test("jsonAnswer() writes what JSON cannot hold as null, as the service does", () => {
  assertEquals(jsonAnswer(201, { width: NaN }, { "x-a": "1" }), {
    status: 201,
    headers: { "content-type": "application/json", "x-a": "1" },
    payload: '{"width":null}',
  });
});

test("toResponse() adds the headers of the service's layers, unless it comes from outside them", async () => {
  const layers = { vary: "Origin" };
  const answer = rawAnswer(200, "text", { "content-type": "text/plain" });
  const response = toResponse({ answer }, layers);
  assertEquals([response.headers.get("vary"), await response.text()], ["Origin", "text"]);
  const bare = toResponse({ answer: { ...answer, bare: true } }, layers);
  assertEquals([bare.headers.get("vary"), await bare.text()], [null, "text"]);
});

test("toResponse() gives no body to a status that has none", () => {
  assertEquals(toResponse({ answer: rawAnswer(204, "text") }, {}).body, null);
});

test("toResponse() promises all of a body and sends half of it where the connection breaks midway", async () => {
  for (const payload of ["12345678", new TextEncoder().encode("12345678")]) {
    const response = toResponse({ answer: rawAnswer(200, payload), broken: "midway" }, {});
    assertEquals(response.headers.get("content-length"), "8");
    assertEquals(await response.text(), "1234");
  }
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => toResponse({ answer: rawAnswer(200, "12345678"), broken: "midway" }, {}),
  );
  const response = await fetch(`http://127.0.0.1:${server.addr.port}`);
  await assertRejects(() => response.text(), TypeError);
});
