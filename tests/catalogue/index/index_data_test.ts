import { assert, assertEquals } from "@std/assert";
import { packagedIndex } from "../../../src/catalogue/index/index_data.ts";
import { test } from "../../support/test.ts";
import { indexText } from "../support/index_text.ts";

const FILE = new URL("../../../src/catalogue/index/index.json", import.meta.url);

test("packagedIndex() has the services of August 2026, in at most 100 kB, as deno task catalogue writes it", async () => {
  const index = packagedIndex();
  const text = await Deno.readTextFile(FILE);
  assert(text.length <= 100_000);
  assertEquals(text, indexText(index));
  const { services, date } = index;
  assertEquals(date, "2026-08");
  const openeo = services.filter(({ label }) => label === "openeo");
  assertEquals([services.length, openeo.length], [70, 56]);
  assertEquals(services.filter(({ price }) => price !== undefined).length, 45);
  assertEquals(
    services.filter(({ price }) => price?.unit === "platform credits per km²").length,
    21,
  );
  assert(services.every(({ endpoint }) => !endpoint.endsWith("/")));
  assert(openeo.every(({ namespace }) => namespace === undefined));
});
