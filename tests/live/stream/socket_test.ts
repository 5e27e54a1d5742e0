import { assert, assertEquals } from "@std/assert";
import { openSocket, type SocketEnd, type SocketNews } from "../../../src/live/stream/socket.ts";
import type { Sandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { stage, until } from "../support.ts";

function address({ url, token }: Sandbox, path = "/ws/jobs_status?interval=1"): string {
  return `${url.replace("http:", "ws:")}${path}&token=${token}`;
}

/** The first news of a kind; those before it are passed over. */
async function nextOf<Kind extends SocketNews["kind"]>(
  socket: { next(): Promise<SocketNews> },
  kind: Kind,
): Promise<Extract<SocketNews, { kind: Kind }>> {
  const isWanted = (news: SocketNews): news is Extract<SocketNews, { kind: Kind }> =>
    news.kind === kind;
  for (;;) {
    const news = await socket.next();
    if (isWanted(news)) return news;
    if (news.kind === "end") throw new Error(`no ${kind} before the end`);
  }
}

test("openSocket() tells snapshots from signs of life, and when they came", async () => {
  await using on = stage();
  const socket = openSocket(address(on.sandbox), () => on.clock.now());
  assertEquals(await socket.next(), { kind: "life" });
  const { text, at } = await nextOf(socket, "snapshot");
  assertEquals(JSON.parse(text).data, { upscaling_tasks: [], processing_jobs: [] });
  on.clock.advance(1000);
  assertEquals((await nextOf(socket, "snapshot")).at, at + 1000);
  socket.close();
  assertEquals((await on.sandbox.streams[0]?.ended)?.by, "client");
});

test("openSocket() holds the latest snapshot for a slow reader, and nothing before it", async () => {
  await using on = stage();
  const socket = openSocket(address(on.sandbox), () => on.clock.now());
  const stream = () => on.sandbox.streams[0]?.sent ?? 0;
  await until(() => stream() === 3);
  for (let round = 1; round <= 20; round++) {
    on.clock.advance(1000);
    await until(() => stream() === 3 + 2 * round && on.clock.waiting === 1);
  }
  // One more round trip, so that all of it has arrived.
  await fetch(`${on.sandbox.url}/health`).then((response) => response.text());
  const { at } = await nextOf(socket, "snapshot");
  assert(at >= on.clock.now() - 1000);
  assertEquals(await socket.next(), { kind: "life" });
  let more: SocketNews | undefined;
  void socket.next().then((news) => more = news);
  await fetch(`${on.sandbox.url}/health`).then((response) => response.text());
  assertEquals(more, undefined);
  socket.close();
  await on.sandbox.streams[0]?.ended;
  assertEquals(more, {
    kind: "end",
    end: { opened: true, code: 1000, reason: "" },
  });
});

test("openSocket() does not give a snapshot up for a message that means nothing", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/jobs_status", { kind: "unknown-type", after: 3 });
  const socket = openSocket(address(on.sandbox), () => on.clock.now());
  await until(() => on.sandbox.streams[0]?.sent === 3);
  on.clock.advance(1000);
  await until(() => on.sandbox.streams[0]?.sent === 5);
  await nextOf(socket, "snapshot");
  socket.close();
  await on.sandbox.streams[0]?.ended;
});

test("openSocket() hands on what went wrong, and then how it ended", async () => {
  await using on = stage();
  const url = address({ ...on.sandbox, token: "nobody's" }, "/ws/upscale_tasks/9?interval=1");
  const socket = openSocket(url, () => 0);
  const { text } = await nextOf(socket, "error");
  assertEquals(
    JSON.parse(text).message,
    "Could not validate credentials. Please retry signing in.",
  );
  const end = { opened: true, code: 1011, reason: "AUTHENTICATION_FAILED" };
  assertEquals((await nextOf(socket, "end")).end, end);
  // The end stays the end.
  assertEquals((await nextOf(socket, "end")).end, end);
  socket.close();
  assertEquals((await nextOf(socket, "end")).end, end);
});

test("openSocket() hands on what came before the end first", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/jobs_status", { kind: "close", after: 3, code: 1012, reason: "Later" });
  const socket = openSocket(address(on.sandbox), () => 0);
  await on.sandbox.streams[0]?.ended;
  await until(() => on.sandbox.streams[0]?.end !== undefined);
  assertEquals((await nextOf(socket, "snapshot")).kind, "snapshot");
  assertEquals((await nextOf(socket, "end")).end, { opened: true, code: 1012, reason: "Later" });
});

test("openSocket() tells the status that refused it, as far as it is known", async () => {
  await using on = stage();
  const refused = async (status: number): Promise<SocketEnd> => {
    on.sandbox.faults.set("ws/jobs_status", { kind: "refuse", status });
    return (await nextOf(openSocket(address(on.sandbox), () => 0), "end")).end;
  };
  for (const status of [403, 404, 502]) {
    assertEquals(await refused(status), { opened: false, code: 0, reason: "", status });
  }
  await on.sandbox.close();
  const { end } = await nextOf(openSocket(address(on.sandbox), () => 0), "end");
  assertEquals(end, {
    opened: false,
    code: 0,
    reason: "",
    trouble: "the connection was refused",
  });
});

test("openSocket() can be closed while it connects", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/jobs_status", { kind: "hang" });
  const socket = openSocket(address(on.sandbox), () => 0);
  await until(() => on.sandbox.requests.length === 1);
  const next = nextOf(socket, "end");
  socket.close();
  assertEquals((await next).end, { opened: false, code: 1000, reason: "" });
});

test("openSocket() takes a binary message for a snapshot that cannot be read", async () => {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => socket.send(new Uint8Array([1, 2]));
    return response;
  });
  const socket = openSocket(`ws://127.0.0.1:${server.addr.port}/`, () => 7);
  assertEquals(await socket.next(), { kind: "snapshot", text: "", at: 7 });
  socket.close();
  await server.shutdown();
});

test("openSocket() says when the program may not connect, and shows no token", async () => {
  const script = `
    import { openSocket } from "${new URL("../../../src/live/stream/socket.ts", import.meta.url)}";
    console.log(JSON.stringify(await openSocket("ws://127.0.0.1:9/?token=s3cret", () => 0).next()));
  `;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--no-prompt",
      `data:text/javascript,${encodeURIComponent(script)}`,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  assertEquals([text.decode(stdout).trim(), text.decode(stderr)], [
    '{"kind":"end","end":{"opened":false,"code":0,"reason":"","forbidden":true}}',
    "",
  ]);
});
