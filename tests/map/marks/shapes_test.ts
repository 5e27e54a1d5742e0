import { assert, assertEquals } from "@std/assert";
import { bboxToPolygon } from "../../../src/geo/bbox_to_polygon.ts";
import { projectionFor } from "../../../src/map/projection.ts";
import { planeBoxOf, shapeOf } from "../../../src/map/marks/shapes.ts";
import type { Polygon } from "../../../src/models/geojson/geojson.ts";
import { test } from "../../support/test.ts";

const status = "running";

test("shapeOf() puts both sides of the antimeridian next to each other", () => {
  const projection = projectionFor({ longitudes: [179, 181], latitudes: [0, 1] });
  const boxes = [[179, 0, 180, 1], [-180, 0, -179, 1]] as const;
  const shapes = boxes.map((box) => shapeOf({ geometry: bboxToPolygon(box), status }, projection));
  const { x } = planeBoxOf(shapes);
  assert(Math.abs(x[1] - x[0] - 2 * Math.PI / 180) < 1e-9, String(x));
});

test("shapeOf() bends edges where the projection bends parallels", () => {
  const extent = { longitudes: [-73, -11], latitudes: [60, 83] } as const;
  const geometry = bboxToPolygon([-73, 60, -11, 83]);
  const { rings } = shapeOf({ geometry, status }, projectionFor(extent));
  assert((rings[0]?.length ?? 0) > 100);
});

test("shapeOf() leads a ring around a pole along the pole where that is a line", () => {
  const ring = [0, 90, 180, -90, 0].map((longitude): [number, number] => [longitude, 80]);
  const geometry: Polygon = { type: "Polygon", coordinates: [ring] };
  const projection = projectionFor({ longitudes: [-180, 180], latitudes: [-90, 90] });
  assertEquals(planeBoxOf([shapeOf({ geometry, status }, projection)]).y[1], Math.PI / 2);
});
