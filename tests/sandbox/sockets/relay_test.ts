import { assertEquals, assertRejects } from "@std/assert";
import {
  listen,
  LOOPBACK,
  messageCounter,
  type Relay,
  startRelay,
} from "../../../src/sandbox/sockets/relay.ts";
import { test } from "../../support/test.ts";

const HEAD = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n";
const TEXT = 0x81;
const PONG = 0x8a;

function frame(first: number, length: number): number[] {
  const size = length < 126
    ? [length]
    : length < 65_536
    ? [126, length >> 8, length & 0xff]
    : [127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return [first, ...size, ...new Array<number>(length).fill(0x81)];
}

function bytes(...parts: (string | number[])[]): Uint8Array {
  return new Uint8Array(
    parts.flatMap((part) => typeof part === "string" ? [...new TextEncoder().encode(part)] : part),
  );
}

/** Where the count is full, with the bytes in pieces of that size; nothing if it never is. */
function endOf(stream: Uint8Array, count: number, piece: number): number | undefined {
  const find = messageCounter(count);
  for (let start = 0; start < stream.length; start += piece) {
    const end = find(stream.subarray(start, start + piece));
    if (end !== undefined) return start + end;
  }
  return undefined;
}

test("messageCounter() finds the end of a message of any length, in pieces of any size", () => {
  for (const length of [0, 1, 125, 126, 65_535, 65_536, 70_000]) {
    const first = bytes(HEAD, frame(TEXT, length));
    const both = bytes(HEAD, frame(TEXT, length), frame(TEXT, 3));
    for (const piece of [1, 7, 16_384, both.length]) {
      assertEquals(endOf(both, 0, piece), HEAD.length);
      assertEquals(endOf(both, 1, piece), first.length, `${length} in pieces of ${piece}`);
      assertEquals(endOf(both, 2, piece), both.length);
      assertEquals(endOf(both, 3, piece), undefined);
    }
  }
});

test("messageCounter() counts no control frame, and a message in parts once", () => {
  const parts = [frame(PONG, 4), frame(0x01, 5), frame(PONG, 0), frame(0x80, 6)];
  const stream = bytes(HEAD, ...parts, frame(PONG, 2));
  assertEquals(endOf(stream, 1, stream.length), bytes(HEAD, ...parts).length);
  assertEquals(endOf(stream, 2, stream.length), undefined);
});

test("messageCounter() is not misled by line ends in the head", () => {
  const head = "HTTP/1.1 101 X\r\na: b\r\r\n\n\r\n\r\n";
  assertEquals(endOf(bytes(head, frame(TEXT, 2)), 0, 1), head.length);
});

interface Front extends AsyncDisposable {
  readonly url: string;
  readonly relay: Relay;
}

function front(
  handler: (request: Request, drop: () => void, port: number) => Response | Promise<Response>,
): Front {
  const server = Deno.serve(
    { hostname: LOOPBACK, port: 0, onListen() {} },
    (request, { remoteAddr }) =>
      handler(request, () => relay.drop(remoteAddr.port), remoteAddr.port),
  );
  const listener = listen(0);
  const relay = startRelay(listener, server.addr.port);
  return {
    url: `http://${LOOPBACK}:${listener.addr.port}`,
    relay,
    async [Symbol.asyncDispose]() {
      await relay.close();
      await server.shutdown();
    },
  };
}

test("startRelay() hands requests and answers on, large ones too", async () => {
  await using relay = front(async (request) => new Response(await request.bytes()));
  const body = new Uint8Array(3_000_000).map((_, index) => index % 251);
  const response = await fetch(relay.url, { method: "POST", body });
  assertEquals(await response.bytes(), body);
});

test("startRelay() serves many connections at once", async () => {
  await using relay = front((request) => new Response(new URL(request.url).pathname));
  const paths = Array.from({ length: 40 }, (_, index) => `/${index}`);
  const answers = await Promise.all(
    paths.map(async (path) => await (await fetch(relay.url + path)).text()),
  );
  assertEquals(answers, paths);
});

test("startRelay() drops one connection and leaves the others", async () => {
  await using relay = front((request, drop) => {
    if (request.url.endsWith("/drop")) drop();
    return new Response("here");
  });
  const kept = fetch(`${relay.url}/kept`);
  await assertRejects(() => fetch(`${relay.url}/drop`), TypeError);
  assertEquals(await (await kept).text(), "here");
  assertEquals(await (await fetch(relay.url)).text(), "here");
});

test("startRelay() ends open connections when it is closed", async () => {
  const waiting = Promise.withResolvers<Response>();
  const arrived = Promise.withResolvers<void>();
  const relay = front(() => {
    arrived.resolve();
    return waiting.promise;
  });
  const request = assertRejects(() => fetch(relay.url), TypeError);
  await arrived.promise;
  waiting.resolve(new Response(null));
  await relay[Symbol.asyncDispose]();
  await request;
});

test("startRelay() lets a client go that sends nothing", async () => {
  await using relay = front(() => new Response("here"));
  const silent = await Deno.connect({ hostname: LOOPBACK, port: Number(new URL(relay.url).port) });
  silent.close();
  assertEquals(await (await fetch(relay.url)).text(), "here");
});

/** What a client gets on a WebSocket whose server sends three messages at once and echoes. */
async function talk(
  prepare: (relay: Relay, port: number) => void,
  { send }: { readonly send?: string } = {},
): Promise<{ readonly received: string[]; readonly echoed: string[]; readonly clean: boolean }> {
  const echoed: string[] = [];
  const asked = Promise.withResolvers<void>();
  await using on = front((request, _drop, port) => {
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
    prepare(on.relay, port);
    socket.onopen = () => {
      for (const text of ["one", "two", "three"]) socket.send(text);
    };
    socket.onmessage = ({ data }) => {
      echoed.push(data);
      asked.resolve();
    };
    return response;
  });
  const socket = new WebSocket(on.url.replace("http:", "ws:"));
  const received: string[] = [];
  const closed = Promise.withResolvers<boolean>();
  socket.onmessage = ({ data }) => {
    received.push(data);
    if (received.length < 3) return;
    if (send !== undefined) socket.send(send);
    void (send === undefined ? Promise.resolve() : asked.promise).then(() => socket.close());
  };
  socket.onclose = ({ wasClean }) => closed.resolve(wasClean);
  return { clean: await closed.promise, received, echoed };
}

test("startRelay() lets WebSockets through in both directions", async () => {
  assertEquals(await talk(() => {}, { send: "hello" }), {
    received: ["one", "two", "three"],
    echoed: ["hello"],
    clean: true,
  });
});

test("startRelay() drops a WebSocket after exactly as many messages, though all were sent", async () => {
  for (const count of [0, 1, 2]) {
    const { received, clean } = await talk((relay, port) => relay.dropAfter(port, count));
    assertEquals([received, clean], [["one", "two", "three"].slice(0, count), false]);
  }
});

test("startRelay() keeps what a client sends from the server when it is to be deaf", async () => {
  const heard: string[] = [];
  await using on = front((request, _drop, port) => {
    if (!request.headers.has("upgrade")) return new Response("here");
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
    socket.onmessage = ({ data }) => {
      heard.push(data);
      on.relay.deafen(port);
      socket.send("heard");
    };
    return response;
  });
  const socket = new WebSocket(on.url.replace("http:", "ws:"));
  const closed = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  socket.onopen = () => socket.send("first");
  socket.onmessage = () => answered.resolve();
  socket.onclose = () => closed.resolve();
  await answered.promise;
  socket.send("second");
  socket.close();
  assertEquals(await (await fetch(on.url)).text(), "here");
  assertEquals([heard, socket.readyState], [["first"], WebSocket.CLOSING]);
  await on.relay.restart(0);
  await closed.promise;
});

test("startRelay() takes no connection while it is away, and the same port again", async () => {
  await using on = front(() => new Response("here"));
  const restarting = on.relay.restart(40);
  await assertRejects(() => fetch(on.url), TypeError);
  await restarting;
  assertEquals(await (await fetch(on.url)).text(), "here");
});

test("startRelay() has nothing against ports that it does not know", async () => {
  await using on = front(() => new Response("here"));
  on.relay.drop(1);
  on.relay.dropAfter(1, 1);
  on.relay.deafen(1);
  assertEquals(await (await fetch(on.url)).text(), "here");
});
