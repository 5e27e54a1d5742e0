import { assertEquals } from "@std/assert";
import { bboxToPolygon } from "../../src/geo/box.ts";
import { geometriesOf } from "../../src/geo/geometries_of.ts";
import { toFeatureCollection } from "../../src/geo/to_feature_collection.ts";
import { jobsOver, taskOver } from "../map/map_tiles.ts";
import { test } from "../support/test.ts";

const geometry = bboxToPolygon([12, 41, 13, 42]);

test("geometriesOf() takes tiles one by one", () => {
  assertEquals(geometriesOf({ type: "GeometryCollection", geometries: [geometry] }), {
    noun: "tile",
    placed: [{ geometry, status: undefined }],
    missing: 0,
    counts: new Map(),
  });
});

test("geometriesOf() takes the jobs of a task as tiles, with their status", () => {
  const found = geometriesOf(taskOver([[12, 41, 13, 42], "nowhere"], () => "failed"));
  assertEquals(found, {
    noun: "tile",
    placed: [{ geometry, status: "failed", label: "1" }],
    missing: 1,
    counts: new Map([["failed", 2]]),
  });
});

test("geometriesOf() takes jobs, alone or in a list", () => {
  const [job] = jobsOver([[12, 41, 13, 42]], () => "running");
  if (job === undefined) throw new Error("There is no job");
  const expected = { noun: "job", placed: [{ geometry, status: "running", label: "1" }] } as const;
  for (const source of [job, [job]]) {
    const { noun, placed } = geometriesOf(source);
    assertEquals({ noun, placed }, expected);
  }
});

test("geometriesOf() takes features with the status that toFeatureCollection() gave them", () => {
  const jobs = jobsOver([[12, 41, 13, 42]], () => "queued");
  const { noun, placed } = geometriesOf(toFeatureCollection(jobs));
  assertEquals({ noun, placed }, { noun: "area", placed: [{ geometry, status: "queued" }] });
});

test("geometriesOf() takes areas, and four numbers as one", () => {
  assertEquals(geometriesOf([12, 41, 13, 42]).placed.length, 1);
  assertEquals(geometriesOf([[12, 41, 13, 42], geometry]).placed.length, 2);
  assertEquals(geometriesOf([]).placed.length, 0);
});

test("geometriesOf() counts data that cannot even be looked at", () => {
  const [job] = jobsOver([[12, 41, 13, 42]]);
  const trap = Object.defineProperty({ ...job }, "parameters", {
    get() {
      throw new Error("Not for you");
    },
  });
  const source: unknown[] = [job, trap];
  const { placed, missing } = geometriesOf(Object.assign(taskOver([]), { jobs: source }));
  assertEquals([placed.length, missing], [1, 1]);
});
