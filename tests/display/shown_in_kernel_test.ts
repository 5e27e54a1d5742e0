// What a real Deno kernel makes of values at the end of a cell. Left out where there is no Jupyter.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { executeNotebook, openJupyter } from "../notebooks/jupyter.ts";
import { codeCells, outputText } from "../notebooks/notebook.ts";

const REQUEST = `{
  title: "Vegetation index",
  label: "ogc_api_process",
  service: {
    endpoint: "https://processes.example.test",
    application: "/processes/vegetation-index",
    namespace: "apex",
  },
  parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
  format: "geojson",
}`;

const CELLS = [
  `import { AuthenticatedClient } from "@apex-dispatch/client";
import { startSandbox } from "@apex-dispatch/client/sandbox";
const sandbox = startSandbox();
const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });`,
  `client.unitJobs.create(${REQUEST})`,
  "client.unitJobs.get(99)",
  "client.unitJobs.get(1).detailed()",
  "(await client.unitJobs.list()).filter((job) => job.id > 0)",
  "(await client.unitJobs.list()).map((job) => job.id)",
  "client.unitJobs",
  '"still here"',
];

/** Whether notebooks can be executed here. */
async function hasJupyter(): Promise<boolean> {
  try {
    return (await new Deno.Command("jupyter", { args: ["nbconvert", "--version"] }).output())
      .success;
  } catch {
    return false;
  }
}

Deno.test({
  name: "a kernel shows what came of an unawaited call, a filtered list as a table, and lives on",
  ignore: !await hasJupyter(),
  async fn() {
    const directory = await Deno.makeTempDir({ prefix: "kernel-" });
    // Beside the package's deno.json, as a notebook in a clone is.
    const path = await Deno.makeTempFile({ dir: import.meta.dirname ?? ".", suffix: ".ipynb" });
    try {
      const cells = CELLS.map((source, index) => ({
        cell_type: "code",
        id: `cell-${index}`,
        metadata: {},
        source,
        outputs: [],
        execution_count: null,
      }));
      const metadata = { kernelspec: { name: "deno", display_name: "Deno" } };
      await Deno.writeTextFile(
        path,
        JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }),
      );
      const jupyter = await openJupyter(directory, { env: Deno.env.toObject(), cellTimeout: 60 });
      const execution = await executeNotebook(path, jupyter);
      if (!execution.ok) throw new Error(execution.failure.message);
      const outputs = codeCells(execution.notebook).map(({ cell }) => cell.outputs ?? []);
      const shown = (mime: string) =>
        outputs.map((all) => all.map((one) => outputText(one, mime) ?? "").join(""));
      const [, created, failed, whole, list, ids, part, alive] = shown("text/plain");
      assert(created?.startsWith("Job 1  ○ created  Vegetation index"), created);
      assert(failed?.startsWith("! Cannot get unit job 99: "), failed);
      assert(whole?.startsWith("Answer  ✓ 200"), whole);
      assert(list?.startsWith("1 job\n"), list);
      assert(!ids?.includes("Job"), ids);
      assert(part?.startsWith("client.unitJobs"), part);
      assertStringIncludes(alive ?? "", "still here");
      const [, html = "", error = "", , table = ""] = shown("text/html");
      assertStringIncludes(html, "<strong>Job 1</strong>");
      assertStringIncludes(error, "Cannot get unit job 99");
      assertStringIncludes(table, "<strong>1 job</strong>");
      // A failure that was shown is no error of the cell.
      const kinds = outputs.slice(1).map((all) => all.map(({ output_type }) => output_type));
      assertEquals(kinds, kinds.map(() => ["execute_result"]));
    } finally {
      await Deno.remove(path);
      await Deno.remove(directory, { recursive: true });
    }
  },
});
