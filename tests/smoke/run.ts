/**
 * Packs the package as an npm tarball, installs it as a user would, and runs two scripts under every runtime that
 * it is for: they all have to say the same. Then a consumer in TypeScript, and a Node.js that is too old.
 *
 * ```sh
 * deno task smoke            # installs Node.js 24, 22.12 and 20, Bun and TypeScript from npm into a folder of its own
 * ```
 *
 * @module
 */
import { manualClock, startSandbox } from "../../src/sandbox/mod.ts";

/** What is installed beside the package, by the names it gets. */
const TOOLS = {
  node24: "npm:node@24",
  node22: "npm:node@22.12",
  node20: "npm:node@20",
  bun: "^1",
  typescript: "^5",
};

/** The most time that a command may take, in milliseconds. */
const MOST = 180_000;

const ROOT = new URL("../../", import.meta.url);
const HERE = new URL("./", import.meta.url);

/** How a command ended. */
interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function main(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "apex-smoke-" });
  try {
    await install(folder);
    await compareRuntimes(folder);
    await checkTypes(folder);
    await checkOldNode(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Packs the package and installs it, and what it is tried with, into a folder. */
async function install(folder: string): Promise<void> {
  const tarball = `${folder}/package.tgz`;
  const flags = ["--allow-dirty", "--quiet", "--output", tarball];
  await demand("deno pack", await run([Deno.execPath(), "pack", ...flags], { cwd: ROOT }));
  const manifest = {
    private: true,
    type: "module",
    dependencies: { "@apex-dispatch/client": `file:${tarball}`, ...TOOLS },
  };
  await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify(manifest));
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  await demand("npm install", await run(["npm", "install", ...quiet], { cwd: folder }));
  for (const name of ["smoke.mjs", "rooms.mjs", "consumer.ts", "tsconfig.json"]) {
    await Deno.copyFile(new URL(name, HERE), `${folder}/${name}`);
  }
}

/** Runs the script under each runtime; the first to differ from Deno ends it. */
async function compareRuntimes(folder: string): Promise<void> {
  const bin = `${folder}/node_modules`;
  const runtimes: readonly (readonly [name: string, command: readonly string[]])[] = [
    ["Deno", [Deno.execPath(), "run", "--no-prompt", "-A", "--node-modules-dir=manual"]],
    ["Node.js 24", [`${bin}/node24/bin/node`]],
    ["Node.js 22.12", [`${bin}/node22/bin/node`]],
    ["Bun", [`${bin}/.bin/bun`, "run"]],
  ];
  for (const [script, play] of [["smoke.mjs", onSandbox], ["rooms.mjs", inRooms]] as const) {
    let expected: string | undefined;
    for (const [name, command] of runtimes) {
      const { out } = await demand(`${name}: ${script}`, await play(folder, [...command, script]));
      expected ??= out;
      if (out !== expected) {
        throw new Error(
          `${name} says something else than Deno:\n${out}\n--- Deno:\n${expected}`,
        );
      }
      console.log(`${script}, ${name}: ${out.split("\n").length} lines, as everywhere`);
    }
    console.log(expected);
  }
}

/** Runs the script of the other doors against a sandbox of its own, where jobs are quick and sign-ins approved. */
async function inRooms(folder: string, command: readonly string[]): Promise<Run> {
  await using sandbox = startSandbox({
    pace: { created: 50, queued: 50, running: 50 },
    identity: { approveAll: true, interval: 0.1 },
  });
  const env = {
    SANDBOX_URL: sandbox.url,
    ISSUER: sandbox.issuer,
    CLIENT_ID: sandbox.clientId,
    CATALOGUE_URL: sandbox.catalogue,
    NO_COLOR: "1",
  };
  return await run(command, { cwd: folder, env });
}

/** Runs the script against a sandbox of its own, whose jobs are a step further whenever they are asked for. */
async function onSandbox(folder: string, command: readonly string[]): Promise<Run> {
  const clock = manualClock("2026-11-23T15:15:00Z");
  await using sandbox = startSandbox({ clock });
  await using door = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      if (pathname === "/unit_jobs/1") clock.advance(1_000);
      const { method, headers } = request;
      const body = method === "GET" ? null : await request.text();
      return await fetch(sandbox.url + pathname + search, { method, headers, body });
    },
  );
  const env = {
    SANDBOX_URL: `http://127.0.0.1:${door.addr.port}`,
    SANDBOX_TOKEN: sandbox.token,
    // A port at which nobody listens any more.
    CLOSED_URL: closedUrl(),
    NO_COLOR: "1",
  };
  return await run(command, { cwd: folder, env });
}

function closedUrl(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${listener.addr.port}`;
}

/** A consumer in strict TypeScript compiles; one that mistypes a field does not, and is told where. */
async function checkTypes(folder: string): Promise<void> {
  const tsc = [
    `${folder}/node_modules/node22/bin/node`,
    `${folder}/node_modules/typescript/bin/tsc`,
  ];
  await demand("tsc", await run([...tsc, "--project", "tsconfig.json"], { cwd: folder }));
  const text = await Deno.readTextFile(new URL("consumer.ts", HERE));
  const mistaken = text.replace("    application:", '    namespase: "apex",\n    application:');
  await Deno.writeTextFile(`${folder}/mistaken.ts`, mistaken);
  const options = ["--strict", "--noEmit", "--target", "es2024", "--lib", "es2024,dom,esnext"];
  const module = ["--module", "nodenext", "--skipLibCheck", "mistaken.ts"];
  const { code, out } = await run([...tsc, ...options, ...module], {
    cwd: folder,
  });
  const lines = out.trim().split("\n").filter((line) => /error TS/.test(line));
  if (code === 0 || lines.length !== 1 || !/'namespase' does not exist/.test(out)) {
    throw new Error(`tsc has to refuse mistaken.ts for its one mistake, and said:\n${out}`);
  }
  console.log("tsc --strict: a consumer compiles, and a wrong field is refused");
}

/** A Node.js that is too old is told so in one sentence. */
async function checkOldNode(folder: string): Promise<void> {
  const command = [`${folder}/node_modules/node20/bin/node`, "smoke.mjs"];
  const { code, err } = await run(command, { cwd: folder });
  const said = /^(?:\w*Error: )?(@apex-dispatch\/client needs .*)$/m.exec(err)?.[1];
  if (code === 0 || said === undefined || /TypeError|SyntaxError/.test(err)) {
    throw new Error(`Node.js 20 has to be told in a sentence, and was told:\n${err}`);
  }
  console.log(`Node.js 20: ${said}`);
}

async function run(
  [command = "", ...args]: readonly string[],
  options: { readonly cwd: string | URL; readonly env?: Record<string, string> },
): Promise<Run> {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args,
    stdin: "null",
    signal: AbortSignal.timeout(MOST),
    ...options,
  }).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

function demand(what: string, ended: Run): Promise<Run> {
  if (ended.code === 0) return Promise.resolve(ended);
  const { code, out, err } = ended;
  return Promise.reject(new Error(`${what} failed (exit code ${code}):\n${out}${err}`));
}

if (import.meta.main) await main();
