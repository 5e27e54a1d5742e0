// Signs in from a notebook in a real kernel: the code is read from the QR picture in the output, and approved on the
// sandbox's page by a click in a headless Chromium; then a job is created with the token that the provider signed.
//
//     deno run -A --import-map tests/import_map.npm.json tests/auth/notebook_proof.ts
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import decode from "qr/decode.js";
import { systemClock } from "../../src/core/waiting.ts";
import { startSandbox } from "../../src/sandbox/start.ts";
import { openPage } from "../notebooks/chromium.ts";
import { executeNotebook, openJupyter } from "../notebooks/jupyter.ts";
import { pixelsOf, qrPictureIn } from "./support/qr_picture.ts";

const folder = await Deno.makeTempDir();
await using sandbox = startSandbox({ lenient: true, identity: { interval: 1 } });
const { issuer, clientId, url: service } = sandbox;
let address: string | undefined;
let clicked: Promise<unknown> | undefined;

/** Looks at the page that a telephone would open, and presses its button. */
async function approve(page: string): Promise<unknown> {
  const directory = await Deno.makeTempDir({ dir: folder });
  await using tab = await openPage(page, { directory, scheme: "light", width: 600 });
  const words = await tab.evaluate("document.body.innerText");
  await tab.evaluate("(document.querySelector('button').click(), true)");
  // The page that follows says that it is done.
  for (let tries = 0; tries < 50; tries++) {
    const text = await tab.evaluate("document.body?.innerText ?? ''").catch(() => "");
    if (String(text).includes("You are signed in")) return words;
    await systemClock.sleep(100);
  }
  throw new Error("the page does not say that somebody is signed in");
}

const relay = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
  const picture = qrPictureIn(await request.json());
  if (picture !== undefined && address === undefined) {
    address = decode(pixelsOf(picture));
    clicked = approve(address);
  }
  return new Response();
});

const source = (name: string) => JSON.stringify(new URL(`../../src/${name}`, import.meta.url).href);
const cells = [
  `// What the kernel shows is told to the test as well.
const { broadcast } = Deno.jupyter;
Deno.jupyter.broadcast = async (type, content, extra) => {
  await fetch("http://127.0.0.1:${relay.addr.port}", { method: "POST", body: JSON.stringify(content.data?.["text/html"] ?? "") });
  await broadcast.call(Deno.jupyter, type, content, extra);
};
const { signIn } = await import(${source("auth/mod.ts")});
const { AuthenticatedClient } = await import(${
    JSON.stringify(new URL("../../mod.ts", import.meta.url).href)
  });`,
  `const session = await signIn(${JSON.stringify({ issuer, clientId, service, store: "memory" })});
session`,
  `const client = new AuthenticatedClient({ baseUrl: session.service, token: session.token });
await client.unitJobs.create({ title: "From a notebook", label: "openeo",
  service: { endpoint: "https://openeo.example.test", application: "https://example.test/p.json" }, parameters: {}, format: "gtiff" })`,
];
const notebook = {
  cells: cells.map((text, index) => ({
    cell_type: "code",
    id: `c${index}`,
    execution_count: null,
    metadata: {},
    outputs: [],
    source: text,
  })),
  metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
};
const path = `${folder}/sign_in.ipynb`;
await Deno.writeTextFile(path, JSON.stringify(notebook));
// A notebook finds what it imports as the project does.
await Deno.writeTextFile(
  `${folder}/deno.json`,
  await Deno.readTextFile(new URL("../import_map.npm.json", import.meta.url)),
);
try {
  const jupyter = await openJupyter(`${folder}/jupyter`, {
    env: Deno.env.toObject(),
    cellTimeout: 60,
  });
  const result = await executeNotebook(path, jupyter);
  if (!result.ok) throw new Error(`cell ${result.failure.cell}: ${result.failure.message}`);
  const saved = JSON.stringify(result.notebook);
  const code = new URL(address ?? "").searchParams.get("user_code") ?? "";
  assertStringIncludes(String(await clicked), code);
  assertStringIncludes(saved, "signed in");
  assertStringIncludes(saved, "From a notebook");
  for (
    const gone of [
      code,
      "user_code",
      "data:image/svg+xml",
      "eyJ",
      "sandbox-refresh",
      "sandbox-device",
    ]
  ) {
    assertEquals(saved.includes(gone), false, `${gone} is in the saved notebook`);
  }
  const created = sandbox.requests.filter(({ method, path }) =>
    method === "POST" && path === "/unit_jobs"
  );
  assertEquals(created.map(({ status }) => status), [201]);
  assert(saved.includes("ada"));
  console.log(
    "a notebook signed in by its QR picture, a click approved it, one job was created, nothing secret was saved",
  );
} finally {
  await relay.shutdown();
  await Deno.remove(folder, { recursive: true });
}
