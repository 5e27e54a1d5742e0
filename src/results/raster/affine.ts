import type { GeoTIFFImage } from "geotiff";
import { ResultsError } from "../results_error.ts";

/** From columns and rows to coordinates: x = a + b·column + c·row, y = d + e·column + f·row. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const IS_POINT = 2;

/** How far from where they are said to be control points may be found, in pixels. */
const TOLERANCE = 0.5;

/** Where the columns and rows of a raster lie in its coordinates. */
export async function affineOf(image: GeoTIFFImage): Promise<Affine> {
  const found = await writtenIn(image);
  const [, b, c, , e, f] = found;
  const size = Math.abs(b * f - c * e);
  if (!Number.isFinite(size) || size === 0) throw unplaced("its pixels have no size there");
  // Where pixels are points, the coordinates are those of their middles.
  if (image.getGeoKeys()?.GTRasterTypeGeoKey !== IS_POINT) return found;
  const [x, xc, xr, y, yc, yr] = found;
  return [x - (xc + xr) / 2, xc, xr, y - (yc + yr) / 2, yc, yr];
}

async function writtenIn({ fileDirectory }: GeoTIFFImage): Promise<Affine> {
  const numbers = async (tag: "ModelTransformation" | "ModelPixelScale" | "ModelTiepoint") => {
    const value: unknown = fileDirectory.hasTag(tag)
      ? await fileDirectory.loadValue(tag)
      : undefined;
    return ArrayBuffer.isView(value) || Array.isArray(value)
      ? Array.from(Object.values(value), Number)
      : [];
  };
  const [b, c, , a, e, f, , d] = await numbers("ModelTransformation");
  if (
    a !== undefined && b !== undefined && c !== undefined && d !== undefined && e !== undefined &&
    f !== undefined
  ) return [a, b, c, d, e, f];
  const [scaleX, scaleY] = await numbers("ModelPixelScale");
  const points = await numbers("ModelTiepoint");
  const [column = 0, row = 0, , x, y] = points;
  if (scaleX !== undefined && scaleY !== undefined && x !== undefined && y !== undefined) {
    return [x - column * scaleX, scaleX, 0, y + row * scaleY, 0, -scaleY];
  }
  if (points.length < 18) throw unplaced("the file does not say where it is");
  return fittedTo(points);
}

/** The affine transformation nearest to control points: columns, rows and coordinates, six numbers each. */
function fittedTo(points: readonly number[]): Affine {
  const controls = Array.from(
    { length: Math.floor(points.length / 6) },
    (_, index) => points.slice(index * 6, index * 6 + 6),
  );
  const mean = (at: number) =>
    controls.reduce((sum, control) => sum + (control[at] ?? NaN), 0) / controls.length;
  const column = mean(0), row = mean(1), x = mean(3), y = mean(4);
  let cc = 0, cr = 0, rr = 0, cx = 0, rx = 0, cy = 0, ry = 0;
  for (const [c = 0, r = 0, , px = 0, py = 0] of controls) {
    cc += (c - column) ** 2;
    cr += (c - column) * (r - row);
    rr += (r - row) ** 2;
    cx += (c - column) * (px - x);
    rx += (r - row) * (px - x);
    cy += (c - column) * (py - y);
    ry += (r - row) * (py - y);
  }
  const whole = cc * rr - cr * cr;
  const xc = (cx * rr - rx * cr) / whole, xr = (rx * cc - cx * cr) / whole;
  const yc = (cy * rr - ry * cr) / whole, yr = (ry * cc - cy * cr) / whole;
  const fitted: Affine = [x - xc * column - xr * row, xc, xr, y - yc * column - yr * row, yc, yr];
  const pixel = Math.sqrt(Math.abs(xc * yr - xr * yc));
  const furthest = Math.max(
    ...controls.map(([c = 0, r = 0, , px = 0, py = 0]) =>
      Math.hypot(fitted[0] + xc * c + xr * r - px, fitted[3] + yc * c + yr * r - py)
    ),
  );
  if (furthest <= TOLERANCE * pixel) return fitted;
  throw unplaced(
    `its ${controls.length} control points bend it`,
    "straighten it (gdalwarp -t_srs EPSG:4326), and show the local file",
  );
}

function unplaced(
  why: string,
  help = "look whether it has a world file, or ask the service for another format",
): ResultsError {
  return new ResultsError(`Cannot place the raster: ${why}\n  What to do: ${help}`, {
    reason: "unsupported",
  });
}
