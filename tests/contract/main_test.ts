import { assertEquals, assertMatch } from "@std/assert";
import { test } from "../support/test.ts";
import { contract } from "./main.ts";

const FIXTURE = new URL("../fixtures/openapi_0_7_2.json", import.meta.url);
const NEXT = new URL("../fixtures/openapi_next.json", import.meta.url);
const NONE = "No difference: 11 operations, 40 schemas (APEx Dispatch API 0.7.2, taken for 0.7.2)";

async function run(...args: string[]): Promise<{ code: number; log: string[]; error: string[] }> {
  const log: string[] = [], error: string[] = [];
  const code = await contract(args, {
    log: (line) => void log.push(line),
    error: (line) => void error.push(line),
  });
  return { code, log, error };
}

async function serve(body: string, status: number, use: (url: string) => Promise<void>) {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response(body, { status }),
  );
  try {
    await use(`http://127.0.0.1:${server.addr.port}/openapi.json`);
  } finally {
    await server.shutdown();
  }
}

test("contract() finds no difference in a file", async () => {
  const path = decodeURIComponent(FIXTURE.pathname);
  assertEquals(await run(path), { code: 0, log: [NONE], error: [] });
});

test("contract() says that a document without a number is held to the newest", async () => {
  const path = decodeURIComponent(NEXT.pathname);
  assertEquals((await run(path)).log, [
    "No difference: 12 operations, 43 schemas (APEx Dispatch API development, taken for the newest that is known, development)",
  ]);
});

test("contract() finds no difference at a URL", async () => {
  await serve(await Deno.readTextFile(FIXTURE), 200, async (url) => {
    assertEquals(await run(url), { code: 0, log: [NONE], error: [] });
  });
});

test("contract() names each difference and their number", async () => {
  const text = (await Deno.readTextFile(NEXT)).replaceAll('"/tiles"', '"/grid"')
    .replace(
      '"version": "development"',
      '"version": "0.8.0"',
    );
  await serve(text, 200, async (url) => {
    assertEquals(await run(url), {
      code: 1,
      log: [
        "POST /tiles: operation is here and not in the contract",
        "POST /grid: operation is in the contract and not here",
        "2 differences (APEx Dispatch API 0.8.0, taken for the newest that is known, development)",
      ],
      error: [],
    });
  });
});

test("contract() prints its usage without exactly one source", async () => {
  for (const args of [[], ["--help"], ["a.json", "b.json"]]) {
    const { code, log, error } = await run(...args);
    assertEquals({ code, log }, { code: 2, log: [] });
    assertMatch(error.join("\n"), /^Usage: deno task contract <file or URL>/);
  }
});

test("contract() says what keeps it from reading a file", async () => {
  const missing = await run("no_such_file.json");
  assertEquals(missing.code, 2);
  assertMatch(missing.error.join("\n"), /^Cannot read the file \(.*\): no_such_file\.json$/);

  const directory = await Deno.makeTempDir();
  try {
    const path = `${directory}/openapi.yaml`;
    await Deno.writeTextFile(path, "openapi: 3.1.0");
    const yaml = await run(path);
    assertEquals(yaml.code, 2);
    assertMatch(
      yaml.error.join("\n"),
      /^Cannot read the document as JSON \(.*; YAML is not read\)/,
    );
    await Deno.writeTextFile(path, '{"swagger": "2.0"}');
    assertEquals(await run(path), {
      code: 2,
      log: [],
      error: [`Cannot compare: expected an OpenAPI 3.1 document: ${path}`],
    });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

test("contract() says what keeps it from reading a URL", async () => {
  let closed = "";
  await serve("<html>Not here</html>", 404, async (url) => {
    closed = url;
    assertEquals(await run(url), {
      code: 2,
      log: [],
      error: [`Cannot read the URL (status 404): ${url}`],
    });
  });
  await serve("<html>Welcome</html>", 200, async (url) => {
    const { code, error } = await run(url);
    assertEquals(code, 2);
    assertMatch(error.join("\n"), /^Cannot read the document as JSON \(/);
  });
  const gone = await run(closed);
  assertEquals(gone.code, 2);
  assertMatch(gone.error.join("\n"), /^Cannot reach the URL \(/);
});
