import { assertAlmostEquals, assertEquals } from "@std/assert";
import { areaOf, costOf, formatArea, placeIn } from "../../../src/catalogue/checking/cost.ts";
import type { CatalogueParameter } from "../../../src/catalogue/reading/definition.ts";
import { test } from "../../support/test.ts";

const parameter = (
  name: string,
  kind: "bounding-box" | "geojson",
  preset?: unknown,
): CatalogueParameter => ({
  name,
  description: "",
  kinds: [kind],
  schemas: [],
  needed: preset === undefined,
  ...(preset === undefined ? {} : { default: preset }),
});
const perArea = { amount: 0.1, unit: "platform credits per km²" };
const box = { west: 5, south: 51, east: 5.1, north: 51.1 };

test("areaOf() a box on the sphere, over the antimeridian too", () => {
  // The area between two parallels and two meridians: R² Δλ (sin φ₂ − sin φ₁).
  assertAlmostEquals(areaOf({ west: 0, south: 0, east: 1, north: 1 }) ?? 0, 12_363.7, 0.2);
  assertAlmostEquals(areaOf({ west: -180, south: -90, east: 180, north: 90 }) ?? 0, 510_064_472, 1);
  assertEquals(
    areaOf({ west: 179.5, south: 0, east: -179.5, north: 1 }),
    areaOf({ west: 0, south: 0, east: 1, north: 1 }),
  );
});

test("areaOf() polygons without their holes, whichever way their rings run", () => {
  const ring = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]];
  const hole = [[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75], [0.25, 0.25]];
  const whole = areaOf({ type: "Polygon", coordinates: [ring] }) ?? 0;
  assertAlmostEquals(whole, 12_364, 2);
  assertEquals(areaOf({ type: "Polygon", coordinates: [ring.toReversed()] }), whole);
  const holed = areaOf({ type: "Polygon", coordinates: [ring, hole] }) ?? 0;
  assertAlmostEquals(holed / whole, 0.75, 1e-3);
  const across = [[179.5, 0], [-179.5, 0], [-179.5, 1], [179.5, 1], [179.5, 0]];
  assertAlmostEquals(areaOf({ type: "Polygon", coordinates: [across] }) ?? 0, whole, 1e-6);
  assertAlmostEquals(
    areaOf({
      type: "FeatureCollection",
      features: [
        { type: "Feature", geometry: { type: "Polygon", coordinates: [ring] } },
        { type: "Feature", geometry: { type: "MultiPolygon", coordinates: [[across]] } },
      ],
    }) ?? 0,
    2 * whole,
    1e-6,
  );
});

test("areaOf() has nothing to say of what has no area", () => {
  for (
    const value of [
      null,
      5,
      {},
      { west: 1 },
      { ...box, east: "6" },
      { type: "Point", coordinates: [5, 51] },
      { type: "Polygon", coordinates: [[5, 51]] },
      { type: "Polygon", coordinates: "x" },
      // Metres of a projected system are no degrees: an area of them would be a price out of thin air.
      { west: 500_000, south: 5_600_000, east: 510_000, north: 5_610_000 },
      { ...box, crs: "EPSG:32631" },
      {
        type: "Polygon",
        coordinates: [[[500_000, 5_600_000], [510_000, 5_600_000], [510_000, 5_610_000], [
          500_000,
          5_600_000,
        ]]],
      },
    ]
  ) assertEquals(areaOf(value), undefined, JSON.stringify(value));
});

test("costOf() multiplies the one unit that is understood, and says the others in the record's words", () => {
  const { amount = 0, ...rest } = costOf([{ bbox: box }], perArea, [
    parameter("bbox", "bounding-box"),
  ]);
  assertAlmostEquals(amount, 7.77, 0.01);
  assertEquals(rest, {
    unit: "platform credits",
    basis: "0.1 platform credits per km² × 77.7 km²",
  });
  const unit = "platform credits per km² per observation";
  assertEquals(costOf([{ bbox: box }], { amount: 2, unit }, [parameter("bbox", "bounding-box")]), {
    basis: "2 platform credits per km² per observation, says the catalogue",
  });
  assertEquals(costOf([{}], { amount: 2, unit: "" }, []), {
    basis: "2, of what it does not say, says the catalogue",
  });
  assertEquals(costOf([{}], undefined, []), { basis: "the catalogue gives no price" });
  assertEquals(costOf([{}], perArea, [parameter("bbox", "bounding-box")]), {
    basis: "0.1 platform credits per km², says the catalogue",
  });
});

test("placeIn() takes the default of a place that is left out, and no side where there are two", () => {
  assertEquals(placeIn({}, [parameter("bbox", "bounding-box", box)]), box);
  assertEquals(
    placeIn({ a: box, b: box }, [parameter("a", "bounding-box"), parameter("b", "geojson")]),
    undefined,
  );
  assertEquals(placeIn({ a: box }, undefined), undefined);
});

test("costOf() a polygon is that of the box which Dispatch makes of it, where the process takes a box", () => {
  const triangle = { type: "Polygon", coordinates: [[[0, 0], [1, 0], [0, 1], [0, 0]]] };
  const whole = { west: 0, south: 0, east: 1, north: 1 };
  const boxed = costOf([{ a: triangle }], perArea, [parameter("a", "bounding-box")]);
  assertEquals(boxed, costOf([{ a: whole }], perArea, [parameter("a", "bounding-box")]));
  const kept = costOf([{ a: triangle }], perArea, [parameter("a", "geojson")]);
  assertAlmostEquals((kept.amount ?? 0) / (boxed.amount ?? 1), 0.5, 1e-3);
});

test("costOf() understands its one unit however it is written", () => {
  for (const unit of ["platform credits per km2", "Platform credits per km²."]) {
    const { amount = 0, unit: said } = costOf([{ a: box }], { amount: 0.1, unit }, [
      parameter("a", "bounding-box"),
    ]);
    assertAlmostEquals(amount, 7.77, 0.01);
    assertEquals(said, "platform credits");
  }
});

test("formatArea() has as many digits as tell something", () => {
  assertEquals(formatArea(0.000_123_6), "0.00012 km²");
  assertEquals([0.3512, 12.345, 124.4, 12_364].map(formatArea), [
    "0.35 km²",
    "12.3 km²",
    "124 km²",
    "12,364 km²",
  ]);
});
