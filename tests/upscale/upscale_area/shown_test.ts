// What upscaling of an area shows, and when. What is printed is read from processes of their own.
import { assert, assertEquals } from "@std/assert";
import { AuthenticatedClient, jupyterDisplay, type MimeBundle, upscaleArea } from "../../../mod.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { anyOptions, AREA, JOB } from "../areas.ts";

const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** Runs a script that upscales an area of a sandbox of its own. */
async function printed(options: string, before = ""): Promise<string> {
  const script = `
    import { AuthenticatedClient, upscaleArea } from ${url("../../../mod.ts")};
    import { startSandbox } from ${url("../../../src/sandbox/mod.ts")};
    ${before}
    await using sandbox = startSandbox();
    const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
    const asked = () => sandbox.requests.map(({ operation }) => operation).join();
    const { task } = await upscaleArea(client, {
      aoi: ${JSON.stringify(AREA)}, grid: "20x20km", request: ${JSON.stringify(JOB)}, ${options}
    });
    console.log("task", task?.id, asked());
  `;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "-A",
      "--import-map",
      new URL("../../import_map.npm.json", import.meta.url).href,
      `data:text/javascript,${encodeURIComponent(script)}`,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  return new TextDecoder().decode(stdout);
}

test("upscaleArea() shows the plan before it asks, and asks before it submits", async () => {
  const text = await printed('confirm: () => (console.log("asked", asked()), true)');
  const lines = text.trimEnd().split("\n");
  assertEquals(lines[0], "6 jobs to run  Vegetation index");
  assert(text.includes("Tiles      6 tiles of the 20x20km grid"), text);
  assert(text.includes("6 tiles; 4°E to 4.3°E, 51°N to 51.3°N"), text);
  assertEquals(lines.slice(-2), [
    "asked unitJobs.parameters,tiles.split",
    "task 1 unitJobs.parameters,tiles.split,upscaleTasks.create",
  ]);
});

test("upscaleArea() shows the plan of a dry run too", async () => {
  const text = await printed("dryRun: true");
  assert(text.startsWith("6 jobs to run"), text);
  assert(text.endsWith("\ntask undefined unitJobs.parameters,tiles.split\n"), text);
});

test("upscaleArea() prints nothing with show: false", async () => {
  assertEquals(
    await printed("show: false, confirm: false"),
    "task 1 unitJobs.parameters,tiles.split,upscaleTasks.create\n",
  );
});

test("upscaleArea() shows the plan with its map in a kernel, before it submits", async () => {
  const kernel = `const jupyter = {
      async broadcast(type, { data }) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const picture = data["text/html"].includes('src="data:image/svg+xml;base64,');
        console.log(type, Object.keys(data).join(), picture);
      },
    };
    Object.defineProperty(globalThis, "Deno", { value: Object.create(Deno, { jupyter: { value: jupyter } }) });
  `;
  const text = await printed('confirm: () => (console.log("asked", asked()), true)', kernel);
  assertEquals(text.trimEnd().split("\n"), [
    "display_data text/plain,text/markdown,text/html true",
    "asked unitJobs.parameters,tiles.split",
    "task 1 unitJobs.parameters,tiles.split,upscaleTasks.create",
  ]);
});

test("upscaleArea() shows the plan as text and as HTML, escaped", async () => {
  await using sandbox = startSandbox();
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
  const request = { ...JOB, title: "<b>Polders</b> & $5" };
  const { plan } = await upscaleArea(
    client,
    anyOptions({ dryRun: true, request, dimension: "spatial_extent" }),
  );
  const bundle = plan[jupyterDisplay]();
  for (const text of [String(plan), Deno.inspect(plan), bundle["text/plain"]]) {
    for (
      const part of [
        "6 jobs to run",
        request.title,
        "6 tiles of the 20x20km grid",
        "extent",
        "openeo",
      ]
    ) {
      assert(text.includes(part), text);
    }
  }
  const html = bundle["text/html"];
  for (
    const part of ["6 jobs to run", "&#60;b&#62;Polders", "6 tiles of the 20x20km grid", "extent"]
  ) {
    assert(html.includes(part), html);
  }
  assert(!html.includes("<b>Polders"), html);
  const map = (await plan.withMap())[jupyterDisplay]()["text/html"];
  assert(map.includes('src="data:image/svg+xml;base64,'), map);
});

test("an area shows its task at the end of a cell, and its plan while there is none", async () => {
  await using sandbox = startSandbox();
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
  const shown = (area: object): string => {
    const method: unknown = Reflect.get(area, jupyterDisplay);
    if (typeof method !== "function") throw new Error("It does not show itself");
    const bundle: MimeBundle = Reflect.apply(method, area, []);
    return bundle["text/plain"];
  };
  const options = anyOptions({ confirm: () => true });
  const planned = await upscaleArea(client, { ...options, dryRun: true });
  assert(shown(planned).startsWith(`${planned.expectedJobs} jobs to run`), shown(planned));
  const area = await upscaleArea(client, options);
  assert(shown(area).startsWith("Upscaling task 1  "), shown(area));
  assert(shown(area).includes(`${area.expectedJobs} asked for`), shown(area));
  assertEquals(Object.getOwnPropertySymbols({ ...area }), []);
});
