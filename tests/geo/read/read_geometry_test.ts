import { assertEquals } from "@std/assert";
import { bboxToPolygon } from "../../../src/geo/box.ts";
import {
  findGeometry,
  readGeometry,
  readNamedGeometry,
  readPlace,
  readWkt,
} from "../../../src/geo/read/read_geometry.ts";
import { formatPath } from "../../../src/models/schema/issue.ts";
import { test } from "../../support/test.ts";

const polygon = bboxToPolygon([12, 41, 13, 42]);
const point = { type: "Point", coordinates: [12, 41] };
const feature = { type: "Feature", geometry: polygon, properties: {} };

const readable: readonly (readonly [string, unknown, unknown])[] = [
  ["four numbers", [12, 41, 13, 42], polygon],
  ["six numbers", [12, 41, 0, 13, 42, 9], polygon],
  ["named edges", { west: 12, south: 41, east: 13, north: 42 }, polygon],
  [
    "named edges with a system",
    { west: 12, south: 41, east: 13, north: 42, crs: "EPSG:4326" },
    polygon,
  ],
  ["a polygon", polygon, polygon],
  ["a point", point, point],
  ["a feature", feature, polygon],
  [
    "a collection of one",
    { type: "FeatureCollection", features: [feature, { type: "Feature" }] },
    polygon,
  ],
  [
    "a collection of several",
    { type: "GeometryCollection", geometries: [polygon, point, null] },
    { type: "GeometryCollection", geometries: [polygon, point] },
  ],
];
for (const [name, value, expected] of readable) {
  test(`readGeometry() reads ${name}`, () => assertEquals(readGeometry(value), expected));
}

const spellings: readonly unknown[] = [
  "12,41,13,42",
  " 12, 41, 13, 42 ",
  "[12, 41, 13, 42]",
  "12 41 13 42",
  "1.2e1,41.0,13,+42",
  "12,41,0,13,42,9",
  { bbox: [12, 41, 13, 42] },
  { bbox: [12, 41, 13, 42], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84" },
  { bbox: [12, 41, 13, 42], crs: "urn:ogc:def:crs:OGC:1.3:CRS84" },
  { bbox: [12, 41, 0, 13, 42, 9], crs: { href: "http://www.opengis.net/def/crs/OGC/0/CRS84h" } },
  { bbox: "12,41,13,42" },
  { spatial: { bbox: [[12, 41, 13, 42], [12, 41, 12.5, 42]] }, temporal: { interval: [] } },
  { west: 12, south: 41, east: 13, north: 42, crs: 4326 },
  { west: 12, south: 41, east: 13, north: 42, crs: "urn:ogc:def:crs:EPSG::4326" },
  { west: 12, south: 41, east: 13, north: 42, crs: null },
  { xmin: 12, ymin: 41, xmax: 13, ymax: 42 },
  { minx: 12, miny: 41, maxx: 13, maxy: 42 },
  { left: 12, bottom: 41, right: 13, top: 42 },
  "POLYGON ((12 41, 13 41, 13 42, 12 42, 12 41))",
  "SRID=4326;polygon((12 41,13 41,13 42,12 42,12 41))",
  { ...polygon, crs: { type: "name", properties: { name: "urn:ogc:def:crs:OGC:1.3:CRS84" } } },
];
for (const value of spellings) {
  test(`readGeometry() reads ${JSON.stringify(value)}`, () => {
    assertEquals(readGeometry(value), polygon);
  });
}

test("readGeometry() reads well-known text of every kind", () => {
  const read = (text: string) => readGeometry(text);
  assertEquals(read("POINT (12 41)"), { type: "Point", coordinates: [12, 41] });
  assertEquals(read("POINT Z (12 41 5)"), { type: "Point", coordinates: [12, 41, 5] });
  const points = { type: "MultiPoint", coordinates: [[12, 41], [13, 42]] } as const;
  assertEquals([read("MULTIPOINT ((12 41), (13 42))"), read("MULTIPOINT (12 41, 13 42)")], [
    points,
    points,
  ]);
  assertEquals(read("LINESTRING (12 41, 13 42)"), { ...points, type: "LineString" });
  assertEquals(
    read("MULTIPOLYGON (((12 41, 13 41, 13 42, 12 42, 12 41)), ((0 0, 1 0, 1 1, 0 0)))"),
    {
      type: "MultiPolygon",
      coordinates: [polygon.coordinates, [[[0, 0], [1, 0], [1, 1], [0, 0]]]],
    },
  );
  assertEquals(["POLYGON EMPTY", "POLYGON ((12 41", "POINT (a b)", "CIRCLE (1 2)"].map(read), [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

const wrong: readonly (readonly [value: unknown, problem: string])[] = [
  [
    { bbox: [4e5, 5.6e6, 4.1e5, 5.7e6], crs: "EPSG:32631" },
    'crs: expected degrees (EPSG:4326), got a place in the reference system "EPSG:32631": transform it to longitude and latitude first',
  ],
  [
    { ...polygon, crs: { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::3857" } } },
    'crs: expected degrees (EPSG:4326), got a place in the reference system "urn:ogc:def:crs:EPSG::3857": transform it to longitude and latitude first',
  ],
  [
    "SRID=3857;POINT (500000 6000000)",
    'crs: expected degrees (EPSG:4326), got a place in the reference system "EPSG:3857": transform it to longitude and latitude first',
  ],
  [{ bbox: [12, 42, 13, 41] }, "bbox: expected south before north, got 42 and 41"],
  [
    { type: "Polygon", coordinates: [[12, 41], [13, 41], [13, 42], [12, 41]] },
    "coordinates[0]: expected a list of positions, got the position [12, 41]: a level of brackets is missing",
  ],
  [
    { type: "MultiPolygon", coordinates: [[12, 41], [13, 41]] },
    "coordinates[0]: expected a list of rings or lines, got the position [12, 41]: 2 levels of brackets are missing",
  ],
  [
    { type: "Polygon", coordinates: [[[41, 112], [42, 112], [42, 113], [41, 112]]] },
    "coordinates[0][0]: expected a longitude within ±180° and a latitude within ±90°, got [41, 112]: latitude and longitude may be swapped",
  ],
  [
    { type: "Point", coordinates: [12, null] },
    "coordinates: expected a position of two numbers, got [12, null]",
  ],
  [
    { type: "Point", coordinates: "12,41" },
    'coordinates: expected a position, got the string "12,41"',
  ],
  [
    { type: "FeatureCollection", features: [feature, { type: "Feature", geometry: null }] },
    "features[1].geometry: expected a place, got null",
  ],
  [{ type: "FeatureCollection", features: [] }, "expected a place, got an empty FeatureCollection"],
  [{ type: "Circle" }, 'expected a place, got an object of the type "Circle"'],
  ["Ghent", 'expected a place, got the string "Ghent"'],
];
for (const [value, problem] of wrong) {
  test(`readPlace() says what is wrong with ${JSON.stringify(value)}`, () => {
    const reading = readPlace(value);
    const told = reading.ok
      ? []
      : [formatPath(reading.problem.path), reading.problem.message].filter((part) => part !== "");
    assertEquals(told.join(": "), problem);
  });
}

test("readPlace() reads what readGeometry() does", () => {
  for (const [, value, expected] of readable.slice(0, -2)) {
    assertEquals(readPlace(value), { ok: true, geometry: expected });
  }
});

const unreadable: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["a text", "Latium"],
  ["a text of three numbers", "12,41,13"],
  ["a text of numbers and words", "12,41,13,east"],
  ["three numbers", [12, 41, 13]],
  ["numbers that are no degrees", [600_000, 5_600_000, 610_000, 5_610_000]],
  ["numbers as text", ["12", "41", "13", "42"]],
  ["south beyond north", [12, 42, 13, 41]],
  ["edges in another system", { west: 1, south: 2, east: 3, north: 4, crs: "EPSG:32631" }],
  ["an empty polygon", { type: "Polygon", coordinates: [] }],
  ["a polygon with a hole in its data", {
    type: "Polygon",
    coordinates: [[[0, 0], [1, null], [0, 0]]],
  }],
  ["a position beyond a pole", { type: "Point", coordinates: [0, 91] }],
  ["a feature without a place", { type: "Feature", geometry: null, properties: {} }],
  ["an unknown type", { type: "Circle", coordinates: [0, 0] }],
];
for (const [name, value] of unreadable) {
  test(`readGeometry() finds no place in ${name}`, () =>
    assertEquals(readGeometry(value), undefined));
}

test("readGeometry() comes back from a collection that holds itself", () => {
  const geometries: unknown[] = [];
  const collection = { type: "GeometryCollection", geometries };
  geometries.push(collection);
  assertEquals(readGeometry(collection), undefined);
});

test("readNamedGeometry() takes no bare numbers", () => {
  assertEquals(readNamedGeometry([12, 41, 13, 42]), undefined);
  assertEquals(readNamedGeometry(polygon), polygon);
});

test("readWkt() keeps holes, heights and the reference system", () => {
  assertEquals(readWkt("SRID=32631;POLYGON Z ((1 2 3, 4 5 6), (7 8 9))"), {
    type: "Polygon",
    coordinates: [[[1, 2, 3], [4, 5, 6]], [[7, 8, 9]]],
    crs: "EPSG:32631",
  });
});

test("readWkt() leaves other text alone", () => {
  for (
    const text of [
      "",
      "POLYGON",
      "POLYGON ((1 2)",
      "POLYGON (1 2))",
      "POINT (1 two)",
      "x POINT (1 2)",
    ]
  ) {
    assertEquals(readWkt(text), undefined);
  }
});

const [a, b] = [[1, 2, 3, 4], [5, 6, 7, 8]] as const;

test("findGeometry() takes the dimension before all others", () => {
  assertEquals(findGeometry({ bbox: a, region: b }, "region"), bboxToPolygon(b));
});

test("findGeometry() takes the usual names in their order", () => {
  assertEquals(findGeometry({ aoi: a, spatial_extent: b }), bboxToPolygon(b));
  assertEquals(findGeometry({ geometry: a, bbox: "everywhere" }), bboxToPolygon(a));
});

test("findGeometry() takes GeoJSON under any name before numbers that only look like a box", () => {
  assertEquals(findGeometry({ percentiles: a, field: bboxToPolygon(b) }), bboxToPolygon(b));
  assertEquals(findGeometry({ bands: ["B04"], where: a }), bboxToPolygon(a));
});

test("findGeometry() finds none where there is none", () => {
  assertEquals(findGeometry({ resolution: 10, bands: ["B04"], aoi: null }, "bbox"), undefined);
});
