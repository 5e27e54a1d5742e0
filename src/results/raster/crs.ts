import { ResultsError } from "../results_error.ts";

/** A way from the coordinates of a raster to longitude and latitude, and back. */
export interface Transformation {
  /** What the coordinates are called: `EPSG:32631`, or the name that the file gives. */
  readonly name: string;
  /** Longitude and latitude of coordinates; not finite where there are none. */
  toDegrees(x: number, y: number): readonly [number, number];
  /** Coordinates of a place; not finite where there are none. */
  fromDegrees(longitude: number, latitude: number): readonly [number, number];
}

/** What a file says of its coordinates: the keys of GeoTIFF, by name. */
export type GeoKeys = Readonly<Record<string, unknown>>;

/** Coordinates that proj4 has no words for by number, and rasters of Earth observation often have. */
const KNOWN: Readonly<Record<number, string>> = {
  3035: "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m",
  3034:
    "+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 +ellps=GRS80 +units=m",
  3857:
    "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null",
  3395: "+proj=merc +lon_0=0 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
  3995: "+proj=stere +lat_0=90 +lat_ts=71 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
  3996: "+proj=stere +lat_0=90 +lat_ts=75 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
  3413: "+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
  3031: "+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
  3976: "+proj=stere +lat_0=-90 +lat_ts=-70 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
  32661:
    "+proj=stere +lat_0=90 +lat_ts=90 +lon_0=0 +k=0.994 +x_0=2000000 +y_0=2000000 +datum=WGS84 +units=m",
  32761:
    "+proj=stere +lat_0=-90 +lat_ts=-90 +lon_0=0 +k=0.994 +x_0=2000000 +y_0=2000000 +datum=WGS84 +units=m",
  6931: "+proj=laea +lat_0=90 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
  6932: "+proj=laea +lat_0=-90 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
  6933: "+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
  2154:
    "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m",
  28992:
    "+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel +towgs84=565.4171,50.3319,465.5524,1.9342,-1.6677,9.1019,4.0725 +units=m",
  31370:
    "+proj=lcc +lat_0=90 +lon_0=4.36748666666667 +lat_1=51.1666672333333 +lat_2=49.8333339 +x_0=150000.013 +y_0=5400088.438 +ellps=intl +towgs84=-106.8686,52.2978,-103.7239,0.3366,-0.457,1.8422,-1.2747 +units=m",
  5070:
    "+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 +datum=NAD83 +units=m",
};

const GEOGRAPHIC: ReadonlySet<number> = new Set([4326, 4258, 4269, 4979, 4267]);

/** The definition of coordinates by their EPSG number, in proj's words; nothing of one that is not known. */
export function definitionOf(epsg: number): string | undefined {
  if (GEOGRAPHIC.has(epsg)) return "+proj=longlat +datum=WGS84";
  const known = KNOWN[epsg];
  if (known !== undefined) return known;
  const zone = epsg % 100;
  if (zone >= 1 && zone <= 60) {
    if (epsg >= 32601 && epsg <= 32660) return `+proj=utm +zone=${zone} +datum=WGS84 +units=m`;
    if (epsg >= 32701 && epsg <= 32760) {
      return `+proj=utm +zone=${zone} +south +datum=WGS84 +units=m`;
    }
    if (epsg >= 25828 && epsg <= 25838) return `+proj=utm +zone=${zone} +ellps=GRS80 +units=m`;
    if (epsg >= 26901 && epsg <= 26923) return `+proj=utm +zone=${zone} +datum=NAD83 +units=m`;
  }
  return undefined;
}

/** GeoTIFF's numbers for projections that the file describes by itself, in proj's words. */
const METHODS: Readonly<Record<number, string>> = {
  1: "tmerc",
  7: "merc",
  8: "lcc",
  9: "lcc",
  10: "laea",
  11: "aea",
  15: "stere",
  24: "sinu",
  28: "cea",
};

/** The definition of coordinates that a file describes by itself; nothing of ones that it does not. */
function describedBy(keys: GeoKeys): string | undefined {
  const method = METHODS[numberIn(keys, "ProjCoordTransGeoKey") ?? 0];
  if (method === undefined) return undefined;
  const latitude = numberIn(
    keys,
    "ProjNatOriginLatGeoKey",
    "ProjFalseOriginLatGeoKey",
    "ProjCenterLatGeoKey",
  );
  const longitude = numberIn(
    keys,
    "ProjNatOriginLongGeoKey",
    "ProjFalseOriginLongGeoKey",
    "ProjCenterLongGeoKey",
    "ProjStraightVertPoleLongGeoKey",
  );
  const parallel = numberIn(keys, "ProjStdParallel1GeoKey");
  const isPolar = method === "stere";
  const parts: readonly (readonly [string, number | undefined])[] = [
    ["lat_0", isPolar && latitude !== undefined ? Math.sign(latitude) * 90 : latitude],
    ["lat_ts", isPolar ? latitude : undefined],
    ["lon_0", longitude],
    [method === "cea" || method === "merc" ? "lat_ts" : "lat_1", parallel],
    ["lat_2", numberIn(keys, "ProjStdParallel2GeoKey")],
    ["k", numberIn(keys, "ProjScaleAtNatOriginGeoKey", "ProjScaleAtCenterGeoKey")],
    [
      "x_0",
      numberIn(
        keys,
        "ProjFalseEastingGeoKey",
        "ProjFalseOriginEastingGeoKey",
        "ProjCenterEastingGeoKey",
      ),
    ],
    [
      "y_0",
      numberIn(
        keys,
        "ProjFalseNorthingGeoKey",
        "ProjFalseOriginNorthingGeoKey",
        "ProjCenterNorthingGeoKey",
      ),
    ],
    ["a", numberIn(keys, "GeogSemiMajorAxisGeoKey")],
    ["rf", numberIn(keys, "GeogInvFlatteningGeoKey")],
  ];
  const words = parts.flatMap(([name, value]) => value === undefined ? [] : [`+${name}=${value}`]);
  const ellipsoid = numberIn(keys, "GeogSemiMajorAxisGeoKey") === undefined ? ["+datum=WGS84"] : [];
  return [`+proj=${method}`, ...words, ...ellipsoid, "+units=m"].join(" ");
}

function numberIn(keys: GeoKeys, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = keys[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return undefined;
}

/** GeoTIFF's number for coordinates that the file describes by itself. */
const USER_DEFINED = 32_767;

/**
 * How to get from the coordinates of a file to degrees: by its EPSG number, else by what the file says.
 *
 * @throws {ResultsError} that names the coordinates, if nobody knows them.
 */
export async function transformationOf(keys: GeoKeys): Promise<Transformation> {
  const epsg = numberIn(keys, "ProjectedCSTypeGeoKey") ?? numberIn(keys, "GeographicTypeGeoKey");
  const isGeographic = numberIn(keys, "GTModelTypeGeoKey") === 2;
  const definition = (epsg === undefined ? undefined : definitionOf(epsg)) ??
    (isGeographic ? "+proj=longlat +datum=WGS84" : describedBy(keys));
  const cited = [keys.PCSCitationGeoKey, keys.GTCitationGeoKey].find((text) =>
    typeof text === "string"
  );
  const name = epsg === undefined || epsg === USER_DEFINED
    ? String(cited ?? "coordinates of its own").slice(0, 80)
    : `EPSG:${epsg}`;
  if (definition === undefined) {
    throw new ResultsError(
      `Cannot place the raster: its coordinates (${name}) are none that are known here\n` +
        "  What to do: ask the service for EPSG:4326 or UTM, or transform the file (gdalwarp -t_srs EPSG:4326)",
      { reason: "unsupported" },
    );
  }
  return await transformation(definition, name);
}

/** A transformation by its definition in proj's words. */
export async function transformation(definition: string, name: string): Promise<Transformation> {
  if (definition.startsWith("+proj=longlat")) {
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
