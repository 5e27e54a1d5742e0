import { assert, assertEquals } from "@std/assert";
import {
  connectionsTo,
  directAddress,
  isLoopback,
  isTold,
  namesProxy,
  proxyProblem,
} from "../../../src/http/attempt/loopback.ts";
import { test } from "../../support/test.ts";

test("isLoopback() knows this machine by its names and addresses, and no other", () => {
  const hosts = ["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "api.localhost"];
  assertEquals(hosts.filter((host) => !isLoopback(host)), []);
  const others = [
    "localhost.x.test",
    "127.0.0.1.x.test",
    "10.0.0.1",
    "0.0.0.0",
    "xlocalhost",
    "::1",
  ];
  assertEquals(others.filter(isLoopback), []);
});

test("proxyProblem() sees none where connections can be made directly", () => {
  assertEquals(proxyProblem(new URL("http://127.0.0.1:8000")), undefined);
});

test("proxyProblem() refuses this machine where a proxy would be asked, and names NO_PROXY", () => {
  const problemOf = (environment: Readonly<Record<string, string>>, url = "http://[::1]:8000") =>
    proxyProblem(new URL(url), { direct: false, heedsProxies: true, environment });
  const proxy = { HTTP_PROXY: "http://proxy.example.test" };
  assertEquals(
    problemOf(proxy),
    "[::1] would be reached through the proxy that HTTP_PROXY names, which could read what is sent: " +
      "add ::1 to the environment variable NO_PROXY",
  );
  assert(problemOf({ ...proxy, NO_PROXY: "localhost, 127.0.0.1" }) !== undefined);
  for (const spared of ["*", "localhost,::1", "a.test ::1"]) {
    assertEquals(problemOf({ ...proxy, NO_PROXY: spared }), undefined, spared);
    assertEquals(problemOf({ ...proxy, no_proxy: spared }), undefined, spared);
  }
  assertEquals(problemOf({ HTTP_PROXY: "" }), undefined);
  assertEquals(problemOf(proxy, "https://localhost:8000"), undefined);
  assertEquals(problemOf(proxy, "http://dispatch.example.test"), undefined);
  const heedless = { direct: false, heedsProxies: false, environment: proxy };
  assertEquals(proxyProblem(new URL("http://127.0.0.1"), heedless), undefined);
});

test("isTold() knows the three ways in which Node.js is told to heed proxies", () => {
  assertEquals(isTold({ NODE_USE_ENV_PROXY: "1" }, []), true);
  assertEquals(isTold({}, ["--inspect", "--use-env-proxy"]), true);
  assertEquals(isTold({ NODE_OPTIONS: "--no-warnings --use-env-proxy" }, undefined), true);
  assertEquals(isTold({ NODE_OPTIONS: "--no-use-env-proxy", NODE_USE_ENV_PROXY: "0" }, []), false);
});

test("directAddress() is where what goes to this machine in clear connects to, and nothing for the rest", () => {
  const addresses = [
    ["http://127.0.0.1:8000", "127.0.0.1:8000"],
    ["ws://localhost:8000/ws", "localhost:8000"],
    ["ws://[::1]/ws", "::1:80"],
    ["http://api.localhost:81", "localhost:81"],
    ["https://localhost:8000", undefined],
    ["wss://localhost:8000", undefined],
    ["ws://dispatch.example.test", undefined],
  ] as const;
  for (const [url, expected] of addresses) {
    const address = directAddress(new URL(url));
    assertEquals(address && `${address.hostname}:${address.port}`, expected, url);
  }
});

/** Runs a script in a process with a proxy in its environment, which answers that it has been asked. */
async function behindProxy(
  script: string,
  permissions: readonly string[],
): Promise<{ readonly output: string; readonly asked: number }> {
  let asked = 0;
  const proxy = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    asked++;
    return new Response("caught by the proxy", { status: 502 });
  });
  const module = new URL("../../../src/http/attempt/loopback.ts", import.meta.url);
  const url = `http://127.0.0.1:${proxy.addr.port}`;
  const code = `import { connectionsTo } from "${module}";\n${script}`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--no-config", "--no-prompt", ...permissions, dataUrl(code)],
    env: { HTTP_PROXY: url, ALL_PROXY: url, NO_PROXY: "" },
    stdout: "piped",
    stderr: "piped",
  }).output();
  await proxy.shutdown();
  const decoder = new TextDecoder();
  return { output: decoder.decode(stdout) + decoder.decode(stderr), asked };
}

function dataUrl(code: string): string {
  return `data:text/typescript,${encodeURIComponent(code)}`;
}

const SCRIPT = `
const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) =>
  new Response(await request.text() + " of " + request.headers.get("host")));
const { port } = server.addr;
for (const host of ["127.0.0.1", "localhost", "api.localhost"]) {
  const url = new URL("http://" + host + ":" + port);
  const response = await connectionsTo(url).kept(url, { method: "POST", body: "hello" });
  console.log(response.status, (await response.text()).replace(String(port), "port"));
}
await server.shutdown();
`;

const DIRECT = ["127.0.0.1", "localhost", "api.localhost"]
  .map((host) => `200 hello of ${host}:port\n`).join("");

test("connectionsTo() goes round a proxy to this machine, whether the environment may be read or not", async () => {
  for (const permissions of [["--allow-net"], ["--allow-net", "--allow-env"]]) {
    assertEquals(await behindProxy(SCRIPT, permissions), { output: DIRECT, asked: 0 });
  }
});

test("connectionsTo() leaves what is for other machines to the proxy", async () => {
  const script = `
const url = new URL("http://dispatch.example.test/health");
console.log(await (await connectionsTo(url).kept(url)).text());`;
  const { output, asked } = await behindProxy(script, ["--allow-net", "--allow-env"]);
  assert(output.includes("caught by the proxy"), output);
  assertEquals(asked, 1);
});

test("connectionsTo() makes a connection of its own where a request must not be sent twice", async () => {
  const ports = new Set<number>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (_, { remoteAddr }) => {
      ports.add(remoteAddr.port);
      return new Response("yes");
    },
  );
  const url = new URL(`http://127.0.0.1:${server.addr.port}`);
  const { kept, own } = connectionsTo(url);
  for (let turn = 0; turn < 3; turn++) await (await kept(url)).text();
  const before = ports.size;
  for (let turn = 0; turn < 3; turn++) await (await own(url)).text();
  assertEquals([before, ports.size], [1, 4]);
  await server.shutdown();
});

test("namesProxy() tells a proxy of each protocol, none for this machine, and nothing where it may not look", async () => {
  assertEquals(namesProxy(new URL("ws://localhost:8000")), false);
  const module = new URL("../../../src/http/attempt/loopback.ts", import.meta.url);
  const code = `import { namesProxy } from "${module}";
    const found = (host) => ["ws:", "wss:"].map((protocol) => namesProxy(new URL(protocol + "//" + host)));
    console.log([...found("dispatch.example.test"), ...found("127.0.0.1")].join(" "));`;
  const found: string[] = [];
  for (
    const [permission, env] of [
      ["--allow-env", { HTTP_PROXY: "http://proxy.example.test" }],
      ["--allow-env", { https_proxy: "http://proxy.example.test" }],
      ["--allow-env", { ALL_PROXY: "http://proxy.example.test" }],
      ["--allow-env", {}],
      ["--allow-env=HTTP_PROXY", { HTTP_PROXY: "http://proxy.example.test" }],
      ["--deny-env", { ALL_PROXY: "http://proxy.example.test" }],
    ] as const
  ) {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--no-config", "--no-prompt", permission, dataUrl(code)],
      env: { HTTP_PROXY: "", HTTPS_PROXY: "", ALL_PROXY: "", ...lowerCase, ...env },
    }).output();
    found.push(new TextDecoder().decode(stdout).trim());
  }
  assertEquals(
    found,
    [
      "true false false false",
      "false true false false",
      "true true false false",
      "false false false false",
      "true  false false",
      "  false false",
    ].map((line) => line.trim()),
  );
});

const lowerCase = { http_proxy: "", https_proxy: "", all_proxy: "" };
