import { assert, assertEquals } from "@std/assert";
import { MAKERS } from "../../../src/sandbox/platform/makers.ts";
import { test } from "../../support/test.ts";
import { at, listAt } from "../support.ts";

const BOX = { west: 12, south: 41, east: 13, north: 42 };

async function textOf(kind: keyof typeof MAKERS, args: Record<string, unknown>): Promise<string> {
  return new TextDecoder().decode(await MAKERS[kind].make(args));
}

test("MAKERS make a small file of each kind, the same at each run", async () => {
  for (const [kind, { name, make }] of Object.entries(MAKERS)) {
    const args = { spatial_extent: BOX, bands: ["B04", "B08"] };
    const [one, two] = [await make(args), await make(args)];
    assertEquals(one, two, name);
    assert(one.length > 100 && one.length < 120_000, `${kind}: ${one.length}`);
  }
  assertEquals(await textOf("parquet", {}).then((text) => [text.slice(0, 4), text.slice(-4)]), [
    "PAR1",
    "PAR1",
  ]);
  assertEquals((await textOf("cube", {})).slice(0, 3), "CDF");
});

test("MAKERS.features keep what was given and add a value", async () => {
  const geometry = { type: "Point", coordinates: [12, 41] };
  const polygon = {
    type: "Polygon",
    coordinates: [[[12, 41], [12.1, 41], [12.1, 41.1], [12, 41]]],
  };
  const features = [polygon, geometry].map((geometry, id) => ({
    type: "Feature",
    id: `f-${id}`,
    geometry,
    properties: { parcel: id },
  }));
  const made = JSON.parse(
    await textOf("features", { parcels: { type: "FeatureCollection", features } }),
  );
  assertEquals(listAt(made, "features").map((feature) => at(feature, "id")), ["f-0", "f-1"]);
  assertEquals(at(made, "features", 0, "geometry"), polygon);
  assertEquals(Object.keys(Object(at(made, "features", 0, "properties"))), ["parcel", "value"]);
});

test("MAKERS.csv has a row for each date, empty where there is no value", async () => {
  const [head, ...rows] = (await textOf("csv", { geometry: null })).trim().split("\n");
  assertEquals([head, rows.length], ["date,feature_index,NDVI", 7]);
  assert(rows.some((row) => row.endsWith(",")) && rows.some((row) => /,0\.\d+$/.test(row)));
});
