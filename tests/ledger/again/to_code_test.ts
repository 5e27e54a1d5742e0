import { assert, assertEquals, assertThrows } from "@std/assert";
import { LedgerError, openLedger, toCode } from "../../../src/ledger/mod.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { clientOf, requestOf, withFolder } from "../support.ts";

const title = `It's "quoted" \\ $HOME \`x\` 🌾 </script> \u2028 end`;
const request = {
  ...requestOf(1, title),
  parameters: {
    ...requestOf(1).parameters,
    ok: true,
    none: null,
    list: [1e-7, "a'b", {}],
    empty: {},
  },
};

/** Runs a cell as somebody would who has copied it. */
async function execute(command: string, args: readonly string[], token: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, {
    args: [...args],
    env: { DISPATCH_TOKEN: token },
    stdout: "null",
    stderr: "piped",
  }).output();
  assert(success, new TextDecoder().decode(stderr));
}

async function has(command: string, ...args: readonly string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args: [...args], stdout: "null", stderr: "null" })
      .output()).success;
  } catch {
    return false;
  }
}

test("the cells that toCode() gives make an equal request, and hold no secret", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const ledger = await openLedger(`${folder}/a.jsonl`);
    const job = await clientOf(sandbox).unitJobs.create(request, { ledger });
    const codes = new Map<string, string>();
    for (const as of ["typescript", "python", "curl", "json"] as const) {
      const code = toCode(job, { as, ledger });
      assertEquals(toCode(ledger.entries[0] ?? job, { as, ledger }), code);
      assert(!code.includes(sandbox.token) && !code.includes("[#"));
      codes.set(as, code);
    }
    assertEquals(JSON.parse(codes.get("json") ?? ""), request);
    const root = new URL("../../../", import.meta.url).pathname;
    await Deno.writeTextFile(`${root}.cell_of_to_code.ts`, codes.get("typescript") ?? "");
    try {
      await execute(Deno.execPath(), [
        ...["run", "--no-check", "--no-prompt", "--allow-env", "--allow-net=127.0.0.1"],
        ...["--import-map", "tests/import_map.npm.json", `${root}.cell_of_to_code.ts`],
      ], sandbox.token);
    } finally {
      await Deno.remove(`${root}.cell_of_to_code.ts`);
    }
    let ran = 2;
    if (await has("curl", "--version")) {
      await execute("sh", ["-c", codes.get("curl") ?? ""], sandbox.token);
      ran++;
    }
    if (await has("python3", "-c", "import requests")) {
      await execute("python3", ["-c", codes.get("python") ?? ""], sandbox.token);
      ran++;
    } else console.warn("Python has no requests here: its cell was not run");
    const jobs = await clientOf(sandbox).unitJobs.list();
    assertEquals(jobs.length, ran);
    for (const made of jobs) {
      assertEquals(made.parameters, request.parameters);
      assertEquals([made.title.replace(/ \[#\w+\]$/, ""), made.service.application], [
        title,
        request.service.application,
      ]);
    }
  });
});

test("toCode() asks for the format that nobody knows, and hides signatures", () => {
  const job = { ...requestOf(1), id: 7, status: "created", format: undefined };
  const error = assertThrows(() => toCode(job), LedgerError);
  assert(error.message.includes("the service forgets it"));
  const parameters = { mask: "https://x.test/a.tif?X-Amz-Signature=0123456789abcdef" };
  for (const as of ["typescript", "python", "curl", "json"] as const) {
    const written = toCode({ ...job, parameters }, { as, format: "gtiff" });
    assert(written.includes("X-Amz-Signature=(hidden)") && !written.includes("0123456789abcdef"));
  }
  const code = toCode(job, { as: "curl", format: "gtiff" });
  assert(code.includes("'https://dispatch-api.apex.esa.int/unit_jobs'"));
});
