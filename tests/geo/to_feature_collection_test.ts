import { assertEquals, assertThrows } from "@std/assert";
import { DispatchError } from "../../src/core/dispatch_error.ts";
import { bboxToPolygon } from "../../src/geo/box.ts";
import { toFeatureCollection } from "../../src/geo/to_feature_collection.ts";
import { jobsOver, taskOver } from "../map/map_tiles.ts";
import { test } from "../support/test.ts";

test("toFeatureCollection() makes a feature of each job of a task", () => {
  const areas = [{ west: 12, south: 41, east: 13, north: 42 }, "nowhere"];
  assertEquals(toFeatureCollection(taskOver(areas, (index) => ["failed", "queued"][index] ?? "")), {
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        id: 1,
        properties: { id: 1, title: "Vegetation index", status: "failed" },
        geometry: bboxToPolygon([12, 41, 13, 42]),
      },
      {
        type: "Feature",
        id: 2,
        properties: { id: 2, title: "Vegetation index", status: "queued" },
        geometry: null,
      },
    ],
  });
});

test("toFeatureCollection() cuts at the antimeridian, within collections too", () => {
  const box = bboxToPolygon([177, -19, -179, -16]);
  const cut = {
    type: "MultiPolygon",
    coordinates: [
      [[[180, -16], [177, -16], [177, -19], [180, -19], [180, -16]]],
      [[[-180, -19], [-179, -19], [-179, -16], [-180, -16], [-180, -19]]],
    ],
  };
  const point = { type: "Point", coordinates: [1, 2] };
  const areas = [
    [177, -19, -179, -16],
    { type: "MultiPolygon", coordinates: [box.coordinates] },
    { type: "GeometryCollection", geometries: [box, point] },
  ];
  assertEquals(toFeatureCollection(jobsOver(areas)).features.map(({ geometry }) => geometry), [
    cut,
    cut,
    { type: "GeometryCollection", geometries: [cut, point] },
  ]);
});

test("toFeatureCollection() looks where it is told", () => {
  const [job] = jobsOver([[1, 2, 3, 4]]);
  if (job === undefined) throw new Error("There is no job");
  const other = { ...job, parameters: { ...job.parameters, region: [5, 6, 7, 8] } };
  const { features: [feature] } = toFeatureCollection([other], { dimension: "region" });
  assertEquals(feature?.geometry, bboxToPolygon([5, 6, 7, 8]));
});

test("toFeatureCollection() says what it wants instead of what is no work", () => {
  for (const work of [undefined, null, 5, { type: "Feature" }, { jobs: 5 }]) {
    assertThrows(
      () => toFeatureCollection(Object(work) === work ? Object(work) : Object([work])[0]),
      DispatchError,
      "expected a task or a list of jobs",
    );
  }
});
