import { nearLongitude } from "../../geo/extent.ts";
import { plate, type Projection, projectionFor } from "../../map/projection.ts";
import type { PlaneBox } from "../../map/view.ts";
import { ResultsError } from "../results_error.ts";
import type { Transformation } from "./crs/crs.ts";
import type { Affine } from "./affine.ts";
import type { RasterFile } from "./raster_file.ts";

/** Where a raster lies on the earth. */
export interface Placement {
  /** Its corners in degrees: upper left, upper right, lower right, lower left, by its own columns and rows. */
  readonly corners: readonly (readonly [longitude: number, latitude: number])[];
  /** From where to where it reaches; east is beyond 180 where it lies over the antimeridian. */
  readonly bounds: {
    readonly west: number;
    readonly south: number;
    readonly east: number;
    readonly north: number;
  };
  /** How it is drawn: in degrees, or about a pole that it lies around. */
  readonly projection: Projection;
  /** What it takes on the plane of the projection. */
  readonly box: PlaneBox;
  /** The column and row at a place; not finite where there is none. */
  toPixel(longitude: number, latitude: number): readonly [column: number, row: number];
}

/** In so many steps the edges and the inside of a raster are looked at. */
const STEPS = 24;

/** Places a raster on the earth by its coordinates. */
export function placementOf(
  { width, height, affine }: Pick<RasterFile, "width" | "height" | "affine">,
  crs: Transformation,
): Placement {
  const inverse = inverseOf(affine);
  const toPixel = (longitude: number, latitude: number) => {
    const [x, y] = crs.fromDegrees(longitude, latitude);
    return apply(inverse, x, y);
  };
  const place = (column: number, row: number) => crs.toDegrees(...apply(affine, column, row));
  const pole = [90, -90].find((latitude) => isInside(toPixel(0, latitude), { width, height }));
  const [middle = NaN] = place(width / 2, height / 2);
  const places: (readonly [number, number])[] = [];
  for (let y = 0; y <= STEPS; y++) {
    for (let x = 0; x <= STEPS; x++) {
      const [longitude, latitude] = place(x / STEPS * width, y / STEPS * height);
      if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) continue;
      places.push([nearLongitude(longitude, middle), latitude]);
    }
  }
  if (places.length === 0) {
    throw new ResultsError(
      `Cannot place the raster: nothing of it lies on the earth by its coordinates (${crs.name})\n` +
        "  What to do: transform the file (gdalwarp -t_srs EPSG:4326), and show the local one",
      { reason: "unsupported" },
    );
  }
  const corners = ([[0, 0], [width, 0], [width, height], [0, height]] as const).map(([x, y]) =>
    place(x, y)
  );
  const longitudes = spanOf(places.map(([longitude]) => longitude));
  const latitudes = spanOf(places.map(([, latitude]) => latitude));
  const [west, east] = pole === undefined ? longitudes : [-180, 180];
  const [south, north] = pole === undefined
    ? latitudes
    : pole > 0
    ? [latitudes[0], 90]
    : [-90, latitudes[1]];
  const projection = pole === undefined
    ? plate([(west + east) / 2, (south + north) / 2], Math.min(85, Math.abs(south + north) / 2))
    : projectionFor({ longitudes: [-180, 180], latitudes: [south, north] });
  const planes = pole === undefined
    ? [projection.project(west, south), projection.project(east, north)]
    : places.map(([longitude, latitude]) => projection.project(longitude, latitude));
  return {
    corners,
    bounds: { west, south, east, north },
    projection,
    box: {
      x: spanOf(planes.map(([x]) => x)),
      y: spanOf(planes.map(([, y]) => y)),
    },
    toPixel,
  };
}

function spanOf(values: readonly number[]): [number, number] {
  let least = Infinity, most = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

function isInside(
  [column, row]: readonly [number, number],
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  return column >= 0 && column <= width && row >= 0 && row <= height;
}

function apply([a, b, c, d, e, f]: Affine, x: number, y: number): readonly [number, number] {
  return [a + b * x + c * y, d + e * x + f * y];
}

/** From coordinates to columns and rows. */
export function inverseOf([a, b, c, d, e, f]: Affine): Affine {
  const determinant = b * f - c * e;
  return [
    (c * d - f * a) / determinant,
    f / determinant,
    -c / determinant,
    (e * a - b * d) / determinant,
    -e / determinant,
    b / determinant,
  ];
}
