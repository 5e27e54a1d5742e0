import { assertEquals, assertStringIncludes } from "@std/assert";
import { catalogue } from "../../src/catalogue/mod.ts";
import { test } from "../support/test.ts";
import { textOf } from "./support/text_of.ts";

test("catalogue finds services in the package itself", async () => {
  for (const words of ["ndvi", "ndiv"]) {
    assertEquals((await catalogue.search(words))[0]?.id, "max_ndvi_composite");
  }
  assertEquals(catalogue.size, 70);
  assertStringIncludes(textOf(await catalogue.search("ndvi")), "index of August 2026");
  assertStringIncludes(textOf(catalogue), "70 services");
});

test("catalogue.search() without network needs no permission and little time", async () => {
  const script = `
    import { catalogue } from "${new URL("../../src/catalogue/mod.ts", import.meta.url)}";
    console.log((await catalogue.search("ndvi"))[0].id);
  `;
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--quiet",
      "--config",
      config,
      `data:application/typescript,${encodeURIComponent(script)}`,
    ],
    stdout: "piped",
    stderr: "inherit",
  }).output();
  assertEquals(new TextDecoder().decode(stdout).trim(), "max_ndvi_composite");
});
