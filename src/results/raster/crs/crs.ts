import { ResultsError } from "../../results_error.ts";
import { describedBy, type GeoKeys, numberIn } from "./described.ts";
import { definitionOf } from "./known.ts";

/** A way from the coordinates of a raster to longitude and latitude, and back. */
export interface Transformation {
  /** What the coordinates are called: `EPSG:32631`, or the name that the file gives. */
  readonly name: string;
  /** Longitude and latitude of coordinates; not finite where there are none. */
  toDegrees(x: number, y: number): readonly [number, number];
  /** Coordinates of a place; not finite where there are none. */
  fromDegrees(longitude: number, latitude: number): readonly [number, number];
}

/** GeoTIFF's number for coordinates that the file describes by itself. */
const USER_DEFINED = 32_767;

/**
 * How to get from the coordinates of a file to degrees: by its EPSG number, else by what the file says.
 *
 * @throws {ResultsError} that names the coordinates, if nobody knows them.
 */
export async function transformationOf(keys: GeoKeys): Promise<Transformation> {
  const model = numberIn(keys, "GTModelTypeGeoKey");
  const projected = numberIn(keys, "ProjectedCSTypeGeoKey");
  const isGeographic = model === GEOGRAPHIC || (model === undefined && projected === undefined);
  const epsg = isGeographic ? numberIn(keys, "GeographicTypeGeoKey") : projected;
  const definition = (epsg === undefined ? undefined : definitionOf(epsg)) ??
    (model === GEOGRAPHIC ? WGS84 : describedBy(keys));
  const name = epsg === undefined || epsg === USER_DEFINED ? citedIn(keys) : `EPSG:${epsg}`;
  const unplaced = (why: string) =>
    new ResultsError(
      `Cannot place the raster: ${why}\n` +
        "  What to do: ask the service for EPSG:4326 or UTM, or transform the file (gdalwarp -t_srs EPSG:4326)",
      { reason: "unsupported" },
    );
  if (definition === undefined) {
    throw unplaced(
      Object.keys(keys).length === 0
        ? "the file does not say what its coordinates are"
        : `its coordinates (${name}) are none that are known here`,
    );
  }
  try {
    return await transformation(definition, name);
  } catch {
    throw unplaced(`its coordinates (${name}) are described in a way that is not known here`);
  }
}

/** GeoTIFF's number for coordinates in degrees. */
const GEOGRAPHIC = 2;

const WGS84 = "+proj=longlat +datum=WGS84";

/** What the file calls its coordinates. */
function citedIn({ PCSCitationGeoKey: own, GTCitationGeoKey: general }: GeoKeys): string {
  const cited = typeof own === "string" ? own : general;
  if (typeof cited !== "string" || cited === "unknown") return "coordinates of its own";
  const [, named] = /^ESRI PE String = \w{1,20}\["([^"]{1,80})"/.exec(cited) ?? [];
  return (named ?? cited).slice(0, 80);
}

/** A transformation by its definition in proj's words. */
export async function transformation(definition: string, name: string): Promise<Transformation> {
  if (definition === WGS84) {
    return { name, toDegrees: (x, y) => [x, y], fromDegrees: (x, y) => [x, y] };
  }
  const { default: proj4 } = await import("proj4");
  const converter = proj4(definition);
  const attempt = (
    convert: (point: [number, number]) => readonly number[],
    x: number,
    y: number,
  ) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return [NaN, NaN] as const;
    const [first = NaN, second = NaN] = convert([x, y]);
    return [first, second] as const;
  };
  return {
    name,
    toDegrees: (x, y) => attempt(converter.inverse, x, y),
    fromDegrees: (longitude, latitude) => attempt(converter.forward, longitude, latitude),
  };
}
