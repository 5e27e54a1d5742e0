import { assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { at, listAt, send, stage } from "../support.ts";

test("the catalogue lists what it serves, at addresses that the service knows", async () => {
  await using on = stage();
  const { catalogue } = on.sandbox;
  const tree = await (await fetch(`${catalogue}tree.json`)).json();
  const paths = listAt(tree, "tree").map((entry) => String(at(entry, "path")));
  let records = 0;
  for (const path of paths) {
    const response = await fetch(catalogue + path);
    const file: unknown = await response.json();
    assertEquals(response.status, 200, path);
    if (!path.includes("/records/")) continue;
    records++;
    const links = listAt(file, "links");
    const href = (rel: string) => String(at(links.find((link) => at(link, "rel") === rel), "href"));
    const ogc = /^(https?:\/\/[^/]+)\/(.+)\/processes\/([^/]+)$/.exec(href("service"));
    const json = ogc === null
      ? {
        label: "openeo",
        service: { endpoint: href("service"), application: href("application") },
      }
      : {
        label: "ogc_api_process",
        service: { endpoint: ogc[1], namespace: ogc[2], application: ogc[3] },
      };
    const known = await send(on.sandbox, "POST /params", { json });
    assertEquals(known.status, 200, `${path}: ${known.text}`);
    if (ogc === null) {
      const definition = await (await fetch(href("application"))).json();
      assertEquals(
        listAt(known.body).map((parameter) => at(parameter, "name")),
        listAt(definition, "parameters").map((parameter) => at(parameter, "name")),
      );
    }
  }
  assertEquals(records, 9);
});

test("the catalogue's tree answers 304 to whoever has it", async () => {
  await using on = stage();
  const url = `${on.sandbox.catalogue}repos/ESA-APEx/apex_algorithms/git/trees/main?recursive=1`;
  const first = await fetch(url);
  await first.body?.cancel();
  const etag = first.headers.get("etag") ?? "";
  const again = await fetch(url, { headers: { "if-none-match": `W/${etag}` } });
  assertEquals([first.status, again.status, await again.text()], [200, 304, ""]);
});

test("the catalogue has benchmarks, no other files, and meets faults", async () => {
  await using on = stage();
  const { catalogue } = on.sandbox;
  const statusOf = async (path: string) => {
    const response = await fetch(catalogue + path);
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await statusOf("api/services/benchmarks.json"), 200);
  assertEquals(await statusOf("api/services/band_cube/benchmarks.json"), 200);
  assertEquals(await statusOf("api/services/absent/benchmarks.json"), 404);
  assertEquals(await statusOf("algorithm_catalog/absent.json"), 404);
  assertEquals(await statusOf("__proto__"), 404);
  on.sandbox.faults.set("catalogue", { status: 403, times: 1 });
  assertEquals(await statusOf("tree.json"), 403);
});
