import { assert, assertEquals, assertMatch } from "@std/assert";
import { openWebSocket } from "../../../src/live/stream/web_socket.ts";
import { type ClientFrame, frameOf, type Peer, rawServer } from "../../support/raw_socket.ts";
import { test } from "../../support/test.ts";
import { until } from "../support.ts";

/** Everything that a WebSocket tells, as it comes. */
function listenTo(url: string) {
  const told: unknown[][] = [];
  const holder = openWebSocket(new URL(url), {
    open: () => void told.push(["open"]),
    message: (text) => void told.push(["message", text]),
    error: (reason) => void told.push(["error", reason instanceof Error ? reason.message : reason]),
    refused: (problem, tooLong) => void told.push(["refused", problem, tooLong]),
    close: (code, reason) => void told.push(["close", code, reason]),
    forbidden: () => void told.push(["forbidden"]),
  });
  const closed = () => told.some(([kind]) => kind === "close" || kind === "forbidden");
  return { told, holder, closed };
}

/** What is told of a server to the close, and what the server heard after what it did. */
async function meet(act: (peer: Peer) => Promise<unknown>) {
  const heard: (ClientFrame | undefined)[] = [];
  const heads: string[] = [];
  await using server = rawServer(async (peer) => {
    heads.push(peer.head);
    await act(peer);
    for (let frame = await peer.next(); frame !== undefined; frame = await peer.next()) {
      heard.push(frame);
    }
  });
  const { told, holder, closed } = listenTo(`ws://127.0.0.1:${server.port}/ws?token=t0ken`);
  await until(closed);
  await holder.close();
  await server.over();
  return { told, heard, heads };
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const closeOf = (code: number, reason = "") =>
  frameOf(new Uint8Array([code >> 8, code & 255, ...new TextEncoder().encode(reason)]), {
    opcode: 8,
  });

test("openWebSocket() shakes hands, hands messages on, and answers a close in kind", async () => {
  const { told, heard, heads: [head = ""] } = await meet(async (peer) => {
    await peer.accept();
    await peer.write(frameOf("one "));
    await peer.write(closeOf(1012, "Later"));
  });
  assertEquals(told, [["open"], ["message", "one "], ["close", 1012, "Later"]]);
  assertMatch(head, /^GET \/ws\?token=t0ken HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\n/);
  assertMatch(head, /\r\nSec-WebSocket-Version: 13\r\n/);
  assert(!/extensions|protocol:/i.test(head));
  const [answer] = heard;
  assertEquals([answer?.opcode, answer?.masked, heard.length], [8, true, 1]);
  assertEquals([...answer?.payload ?? []].slice(0, 2), [1012 >> 8, 1012 & 255]);
});

test("openWebSocket() answers a ping between two parts with the same payload, masked", async () => {
  let pong: ClientFrame | undefined;
  const { told } = await meet(async (peer) => {
    await peer.accept();
    await peer.write(frameOf("one ", { final: false }));
    await peer.write(frameOf("life", { opcode: 9 }));
    pong = await peer.next();
    await peer.write(frameOf("two", { opcode: 0 }));
    await peer.write(frameOf("", { opcode: 8 }));
  });
  assertEquals(told, [["open"], ["message", "one two"], ["close", 1005, ""]]);
  assertEquals([pong?.opcode, pong?.masked, text(pong?.payload)], [10, true, "life"]);
});

test("openWebSocket() says with a close of its own what it does not take", async () => {
  for (
    const [frame, code] of [
      [frameOf("a", { masked: true }), 1002],
      [frameOf(new Uint8Array([255])), 1007],
      [frameOf("", { length: 50_000_000 }), 1009],
    ] as const
  ) {
    const { told, heard } = await meet(async (peer) => {
      await peer.accept();
      await peer.write(frame);
    });
    assertEquals(told.map(([kind]) => kind), ["open", "refused", "close"]);
    assertEquals([told[1]?.[2], told[2]?.[1]], [code === 1009, code]);
    assertEquals([...heard[0]?.payload ?? []], [code >> 8, code & 255]);
  }
});

test("openWebSocket() takes an end without a close, within a frame too, for a loss", async () => {
  for (const bytes of [frameOf("half", { length: 9 }), new Uint8Array()]) {
    await using server = rawServer(async (peer) => {
      await peer.accept();
      await peer.write(bytes);
    });
    const { told, holder, closed } = listenTo(`ws://127.0.0.1:${server.port}/`);
    await until(closed);
    await holder.close();
    assertEquals(told, [["open"], ["close", 1006, ""]]);
  }
});

test("openWebSocket() opens nothing with a wrong, endless or refusing answer", async () => {
  const accepted =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
  const noSocket = ["refused", "what answers there speaks no WebSocket", false];
  for (
    const [act, first] of [
      [(peer: Peer) => peer.write(`${accepted}Sec-WebSocket-Accept: bm8=\r\n\r\n`), noSocket],
      [(peer: Peer) => peer.accept("Sec-WebSocket-Extensions: permessage-deflate\r\n"), noSocket],
      [(peer: Peer) => peer.write("220 mail.example.test ESMTP\r\n\r\n"), noSocket],
      [(peer: Peer) => peer.write(`${accepted}X: ${"a".repeat(20_000)}`), noSocket],
      [
        (peer: Peer) =>
          peer.write("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 403 Forbidden\r\n\r\n"),
        ["error", "status code 403"],
      ],
    ] as const
  ) {
    const { told, heard } = await meet(act);
    assertEquals(told, [first, ["close", 0, ""]]);
    assertEquals(heard, []);
  }
});

test("openWebSocket() is closed a moment later, whatever the server does", async () => {
  const never = async (peer: Peer) => {
    while (await peer.next() !== undefined);
  };
  const manners: ((peer: Peer) => Promise<unknown>)[] = [
    // It answers no handshake, hears no close, stops within a frame, or sends without end.
    never,
    async (peer) => {
      await peer.accept();
      await never(peer);
    },
    async (peer) => {
      await peer.accept();
      await peer.write(frameOf("half", { length: 70_000 }));
      await never(peer);
    },
    async (peer) => {
      await peer.accept();
      while (true) await peer.write(frameOf("again"));
    },
  ];
  for (const act of manners) {
    let asked = false;
    await using server = rawServer((peer) => {
      asked = true;
      return act(peer);
    });
    const { told, holder } = listenTo(`ws://127.0.0.1:${server.port}/`);
    await until(() => asked);
    const closing = holder.close();
    const before = told.length;
    await closing;
    await server.over();
    assertEquals(told.length, before);
  }
});

const pem = (name: string) => new URL(`../../fixtures/tls/${name}.pem`, import.meta.url);

test("openWebSocket() speaks through TLS with one host's permission, and names a certificate that is not trusted", async () => {
  const [cert, key] = await Promise.all([
    Deno.readTextFile(pem("cert")),
    Deno.readTextFile(pem("key")),
  ]);
  await using server = rawServer(async (peer) => {
    await peer.accept();
    await peer.write(frameOf("hello"));
    while (await peer.next() !== undefined);
  }, { cert, key });
  const url = `wss://localhost:${server.port}/`;
  const { told, holder, closed } = listenTo(url);
  await until(closed);
  await holder.close();
  assertEquals(told, [["error", "invalid peer certificate: UnknownIssuer"], ["close", 0, ""]]);
  const script = `
    import { holdSocket } from "${
    import.meta.resolve("../../../src/live/stream/socket_holder.ts")
  }";
    const { promise, resolve } = Promise.withResolvers();
    const holder = holdSocket("${url}", {
      open() {}, message: resolve, error: resolve, refused: resolve, close: resolve, forbidden: resolve,
    });
    console.log(await promise);
    await holder.close();`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-check", "--no-config", "--no-prompt", "--allow-net=localhost"],
      `data:text/javascript,${encodeURIComponent(script)}`,
    ],
    env: { DENO_CERT: pem("ca").pathname, NO_COLOR: "1" },
  }).output();
  assertEquals(text(stdout), "hello\n", text(stderr));
});
