import { assertEquals, assertRejects } from "@std/assert";
import { LOOPBACK, startRelay } from "../../src/sandbox/relay.ts";
import { test } from "../support/test.ts";

interface Front extends AsyncDisposable {
  readonly url: string;
}

function front(
  handler: (request: Request, drop: () => void) => Response | Promise<Response>,
): Front {
  const server = Deno.serve(
    { hostname: LOOPBACK, port: 0, onListen() {} },
    (request, { remoteAddr }) => handler(request, () => relay.drop(remoteAddr.port)),
  );
  const listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
  const relay = startRelay(listener, server.addr.port);
  return {
    url: `http://${LOOPBACK}:${listener.addr.port}`,
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
