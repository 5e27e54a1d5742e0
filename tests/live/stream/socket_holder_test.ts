import { assertEquals } from "@std/assert";
import { holdSocket } from "../../../src/live/stream/socket_holder.ts";
import { frameOf, rawServer } from "../../support/raw_socket.ts";
import { test } from "../../support/test.ts";
import { stage, until } from "../support.ts";

/** Everything that a holder tells, as it comes. */
function listenTo(url: string) {
  const told: unknown[][] = [];
  const holder = holdSocket(url, {
    open: () => void told.push(["open"]),
    message: (text) => void told.push(["message", text]),
    error: (words) => void told.push(["error", words]),
    refused: (problem) => void told.push(["refused", problem]),
    close: (code, reason) => void told.push(["close", code, reason]),
    forbidden: () => void told.push(["forbidden"]),
  });
  return { told, holder };
}

test("holdSocket() hands on what a socket tells, to its close", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/jobs_status", { kind: "close", after: 1, code: 1012, reason: "Later" });
  const url = `${on.sandbox.url.replace("http", "ws")}/ws/jobs_status?token=${on.sandbox.token}`;
  const { told } = listenTo(url);
  await until(() => told.length === 3);
  assertEquals(told.map(([kind]) => kind), ["open", "message", "close"]);
  assertEquals(told[2], ["close", 1012, "Later"]);
});

test("holdSocket() tells nothing after it was closed, and says goodbye", async () => {
  await using on = stage();
  const url = `${on.sandbox.url.replace("http", "ws")}/ws/jobs_status?token=${on.sandbox.token}`;
  const { told, holder } = listenTo(url);
  await until(() => told.length > 1);
  holder.close();
  const before = told.length;
  assertEquals(await on.sandbox.streams[0]?.ended, { by: "client", code: 1000, reason: "" });
  assertEquals(told.length, before);
});

test("holdSocket() can be closed before the socket is open, and after it has ended", async () => {
  await using on = stage();
  on.sandbox.faults.set("ws/jobs_status", { kind: "hang" });
  const url = `${on.sandbox.url.replace("http", "ws")}/ws/jobs_status?token=${on.sandbox.token}`;
  const early = listenTo(url);
  await until(() => on.sandbox.requests.length === 1);
  early.holder.close();
  on.sandbox.faults.set("ws/jobs_status", { kind: "refuse" });
  const late = listenTo(url);
  await until(() => late.told.length === 2);
  late.holder.close();
  assertEquals([early.told, late.told.map(([kind]) => kind)], [[], ["error", "close"]]);
});

test("holdSocket() goes round a proxy to this machine: the address holds the token", async () => {
  let asked = 0;
  const answerAll = { hostname: "127.0.0.1", port: 0, onListen() {} };
  const proxy = Deno.serve(answerAll, () => {
    asked++;
    return new Response("caught by the proxy", { status: 502 });
  });
  const server = Deno.serve(answerAll, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => socket.send(`hello from ${new URL(request.url).search}`);
    return response;
  });
  const module = import.meta.resolve("../../../src/live/stream/socket_holder.ts");
  const script = `
    import { holdSocket } from "${module}";
    for (const host of ["127.0.0.1", "localhost", "api.localhost"]) {
      const { promise, resolve } = Promise.withResolvers();
      const holder = holdSocket("ws://" + host + ":${server.addr.port}/ws?token=t0ken", {
        open() {}, message: resolve, error: resolve, refused: resolve, close: resolve, forbidden: () => resolve("forbidden"),
      });
      console.log(await promise);
      holder.close();
    }`;
  const proxyUrl = `http://127.0.0.1:${proxy.addr.port}`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-check", "--no-config", "--no-prompt"],
      // Nothing is needed that a socket does not need.
      ...["--allow-net", `data:text/javascript,${encodeURIComponent(script)}`],
    ],
    env: { HTTP_PROXY: proxyUrl, ALL_PROXY: proxyUrl, NO_PROXY: "" },
    stdout: "piped",
    stderr: "piped",
  }).output();
  await Promise.all([proxy.shutdown(), server.shutdown()]);
  const decoder = new TextDecoder();
  assertEquals(
    decoder.decode(stdout),
    "hello from ?token=t0ken\n".repeat(3),
    decoder.decode(stderr),
  );
  assertEquals(asked, 0);
});

test("holdSocket() goes through the proxy to any other machine, whether or not it may look for one", async () => {
  const asked: string[] = [];
  await using proxy = rawServer(async (peer) => {
    asked.push(peer.head.split("\r\n")[0] ?? "");
    await peer.accept();
    await peer.write(frameOf("a".repeat(asked.length % 2 === 1 ? 5 : 8_000_001)));
    while (await peer.next() !== undefined);
  });
  const module = import.meta.resolve("../../../src/live/stream/socket_holder.ts");
  const script = `
    import { holdSocket } from "${module}";
    for (let round = 0; round < 2; round++) {
      const { promise, resolve } = Promise.withResolvers();
      const holder = holdSocket("ws://dispatch.example.test/ws?token=t0ken", {
        open() {}, message: resolve, error() {}, refused: resolve, close: resolve, forbidden: () => resolve("forbidden"),
      });
      console.log(await promise);
      await holder.close();
    }`;
  for (const permission of [["--allow-env"], []]) {
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-check", "--no-config", "--no-prompt", "--allow-net=dispatch.example.test"],
        ...[...permission, `data:text/javascript,${encodeURIComponent(script)}`],
      ],
      env: { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: "", NO_COLOR: "1" },
    }).output();
    const decoder = new TextDecoder();
    assertEquals(
      decoder.decode(stdout),
      "aaaaa\nthe service sent a message of 8.0 MB through the WebSocket, which takes 8.0 MB at the most\n",
      decoder.decode(stderr),
    );
  }
  assertEquals(asked, Array(4).fill("GET http://dispatch.example.test/ws?token=t0ken HTTP/1.1"));
});
