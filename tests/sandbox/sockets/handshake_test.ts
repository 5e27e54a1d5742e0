import { assert, assertEquals } from "@std/assert";
import type { Sandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { listen, nextTypes } from "../listen.ts";
import { at, recorded, send, stage } from "../support.ts";

const HANDSHAKE = [
  "Host: sandbox",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version: 13",
];

/** Sends a request as it stands and reads the head of the answer, and the body as far as it is there. */
async function raw(
  sandbox: Sandbox,
  path: string,
  headers: readonly string[] = HANDSHAKE,
): Promise<{ readonly status: number; readonly headers: Headers; readonly body: string }> {
  const { hostname, port } = new URL(sandbox.url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = [`GET ${path} HTTP/1.1`, ...headers, "", ""];
  await connection.write(new TextEncoder().encode(lines.join("\r\n")));
  const buffer = new Uint8Array(4096);
  let text = "";
  while (!text.includes("\r\n\r\n")) {
    const count = await connection.read(buffer);
    if (count === null) break;
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
  const [head = "", ...body] = text.split("\r\n\r\n");
  const [statusLine = "", ...fields] = head.split("\r\n");
  const pairs = fields.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(statusLine.split(" ")[1]),
    headers: new Headers(pairs),
    body: body.join("\r\n\r\n"),
  };
}

test("serveHandshake() refuses what it does not like, all in the same way", async () => {
  await using on = stage();
  const wanted = await recorded("ws-raw-missing-token");
  const token = on.sandbox.token;
  const paths = [
    "/ws/jobs_status",
    "/ws/jobs_status?token=",
    `/ws/jobs_status?token=${token}&interval=1.5`,
    `/ws/jobs_status?token=${token}&interval=`,
    `/ws/jobs_status?token=${token}&interval=soon`,
    `/ws/jobs_status?token=${token}&filter=nope`,
    `/ws/jobs_status?token=${token}&filter=processing,upscaling`,
    `/ws/jobs_status?token=${token}&filter=processing&filter=`,
    `/ws/upscale_tasks/abc?token=${token}`,
    `/ws/upscale_tasks/1.5?token=${token}`,
    `/ws/upscale_tasks/%zz?token=${token}`,
    `/ws/upscale_tasks/1`,
    `/ws/upscale_tasks/1?token=${token}&interval=x`,
    `/ws/upscale_tasks/1/?token=${token}`,
    `/ws/upscale_tasks?token=${token}`,
    `/ws/jobs_status/?token=${token}`,
    `/ws/nope?token=${token}`,
    `/jobs_status?token=${token}`,
    `/health`,
    `/`,
  ];
  for (const path of paths) {
    const reply = await raw(on.sandbox, path, [...HANDSHAKE, "X-Correlation-ID: ws-corr"]);
    assertEquals([reply.status, reply.body], [wanted.status, wanted.body], path);
    assertEquals(reply.headers.get("content-type"), wanted.headers["content-type"], path);
    assertEquals(reply.headers.has("x-correlation-id"), false, path);
  }
  assertEquals(on.sandbox.streams, []);
  assertEquals(on.sandbox.requests.map(({ status }) => status), paths.map(() => 403));
});

test("serveHandshake() shows a browser or Deno that it refused", async () => {
  await using on = stage();
  const stream = listen(on.sandbox, "/ws/jobs_status");
  assertEquals(await stream.opened, false);
  assertEquals((await stream.closed).code, 0);
  assert(stream.error.includes("403"), stream.error);
});

test("serveHandshake() accepts whatever fits, spelt as the service reads it", async () => {
  await using on = stage();
  const token = on.sandbox.token;
  const paths = [
    `/ws/jobs_status?token=${token}`,
    `/ws/jobs_status?token=garbage`,
    `/ws/jobs_status?token=&token=${token}`,
    `/ws/jobs_status?token=${token}&interval=x&interval=5`,
    `/ws/jobs_status?token=${token}&interval=%205.0`,
    `/ws/jobs_status?token=${token}&interval=-1`,
    `/ws/jobs_status?token=${token}&filter=processing&filter=upscaling&filter=processing&more=1`,
    `/ws/upscale_tasks/1?token=${token}&filter=ignored`,
    `/ws/upscale_tasks/%2B1?token=${token}`,
    `/ws/upscale_tasks/-1?token=${token}`,
  ];
  for (const path of paths) {
    const reply = await raw(on.sandbox, path);
    assertEquals([reply.status, reply.headers.get("upgrade")], [101, "websocket"], path);
    assertEquals(reply.headers.get("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertEquals(reply.headers.has("x-correlation-id"), false);
  }
  assertEquals(on.sandbox.requests.map(({ status }) => status), paths.map(() => 101));
});

test("serveHandshake() answers one that lacks its key with 400", async () => {
  await using on = stage();
  const headers = HANDSHAKE.filter((line) => !line.startsWith("Sec-WebSocket-Key"));
  const path = `/ws/jobs_status?token=${on.sandbox.token}`;
  assertEquals((await raw(on.sandbox, path, headers)).status, 400);
  assertEquals(on.sandbox.streams, []);
});

test("serveHandshake() leaves a plain GET to the routes, which know no such path", async () => {
  await using on = stage();
  const wanted = await recorded("ws-path-plain-get");
  for (const path of ["/ws/jobs_status?token=x", "/ws/upscale_tasks/1?token=x"]) {
    const reply = await send(on.sandbox, `GET ${path}`, { token: null });
    assertEquals([reply.status, reply.body], [wanted.status, wanted.body]);
    assertEquals(reply.headers.has("x-correlation-id"), true);
  }
});

test("serveHandshake() writes down what came, without the token", async () => {
  await using on = stage();
  const stream = listen(on.sandbox, "/ws/jobs_status?interval=5&token=<token>");
  assertEquals(await nextTypes(stream, 1), ["init"]);
  const path = "/ws/jobs_status?interval=5&token=<token>";
  const [request] = on.sandbox.requests;
  assertEquals([request?.method, request?.path, request?.operation, request?.status], [
    ...["GET", path, "ws/jobs_status"],
    101,
  ]);
  const [opened] = on.sandbox.streams;
  assertEquals([opened?.target, opened?.path], ["ws/jobs_status", path]);
});

test("a stream's fault can refuse the handshake, as often as it is to", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/jobs_status", { status: 502, times: 1 });
  const path = `/ws/jobs_status?token=${on.sandbox.token}`;
  const proxy = await raw(on.sandbox, path);
  assertEquals([proxy.status, proxy.headers.get("content-type")], [502, "text/html"]);
  assert(proxy.body.includes("<h1>502 Bad Gateway</h1>"));
  assertEquals((await raw(on.sandbox, path)).status, 101);
  on.sandbox.faults.set("ws/jobs_status", { kind: "refuse" });
  const refused = await raw(on.sandbox, path);
  assertEquals([refused.status, refused.body], [403, ""]);
  assertEquals((await raw(on.sandbox, path.replace("jobs_status", "upscale_tasks/1"))).status, 101);
  on.sandbox.faults.clear("ws/jobs_status");
  assertEquals((await raw(on.sandbox, path)).status, 101);
});

test("a stream's fault can leave the handshake without an answer", async () => {
  const on = stage();
  on.sandbox.faults.set("ws/upscale_tasks", { kind: "hang" });
  const first = listen(on.sandbox, "/ws/upscale_tasks/1?token=<token>");
  const second = listen(on.sandbox, "/ws/upscale_tasks/1?token=<token>");
  while (on.sandbox.requests.length < 2) await send(on.sandbox, "GET /health");
  first.socket.close();
  assertEquals(await first.opened, false);
  assertEquals(second.socket.readyState, WebSocket.CONNECTING);
  await on.sandbox.close();
  assertEquals(await second.opened, false);
  const handshakes = on.sandbox.requests.filter(({ operation }) => operation?.startsWith("ws/"));
  assertEquals(handshakes.map(({ status }) => status), [undefined, undefined]);
  assertEquals(at(on.sandbox.streams, 0), undefined);
});
