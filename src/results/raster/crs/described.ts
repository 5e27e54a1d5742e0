/** What a file says of its coordinates: the keys of GeoTIFF, by name. */
export type GeoKeys = Readonly<Record<string, unknown>>;

/** GeoTIFF's numbers for projections that a file describes by itself, in proj's words (OGC 19-008, annex C). */
const METHODS: Readonly<Record<number, string>> = {
  1: "tmerc",
  7: "merc",
  8: "lcc",
  9: "lcc",
  10: "laea",
  11: "aea",
  12: "aeqd",
  13: "eqdc",
  14: "stere",
  15: "polar",
  16: "sterea",
  17: "eqc",
  18: "cass",
  19: "gnom",
  20: "mill",
  21: "ortho",
  22: "poly",
  23: "robin",
  24: "sinu",
  25: "vandg",
  28: "cea",
};

/** The number of a Mercator that lies askew; with this angle it is Switzerland's. */
const OBLIQUE = 9_815;
const SWISS = 90;

/** The projections that have the latitude of true scale, where others have a first parallel. */
const TRUE_SCALE: ReadonlySet<string> = new Set(["cea", "merc", "eqc"]);

/** The units of length by their EPSG numbers, in metres. */
const UNITS: Readonly<Record<number, number>> = {
  9001: 1,
  9002: 0.3048,
  9003: 1200 / 3937,
  9036: 1000,
};

/** The definition of coordinates that a file describes by itself; nothing of ones that it does not. */
export function describedBy(keys: GeoKeys): string | undefined {
  const method = methodIn(keys);
  if (method === undefined) return wktIn(keys);
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
  const isPolar = method === "polar";
  const unit = numberIn(keys, "ProjLinearUnitSizeGeoKey") ??
    UNITS[numberIn(keys, "ProjLinearUnitsGeoKey") ?? 9001] ?? 1;
  const metres = (...names: readonly string[]) => {
    // Some projections reckon with none where there is none.
    return (numberIn(keys, ...names) ?? 0) * unit;
  };
  const parts: readonly (readonly [string, number | undefined])[] = [
    ["lat_0", isPolar && latitude !== undefined ? Math.sign(latitude) * 90 : latitude],
    ["lat_ts", isPolar ? latitude : undefined],
    ["lon_0", longitude],
    [TRUE_SCALE.has(method) ? "lat_ts" : "lat_1", numberIn(keys, "ProjStdParallel1GeoKey")],
    ["lat_2", numberIn(keys, "ProjStdParallel2GeoKey")],
    ["k", numberIn(keys, "ProjScaleAtNatOriginGeoKey", "ProjScaleAtCenterGeoKey")],
    [
      "x_0",
      metres(
        "ProjFalseEastingGeoKey",
        "ProjFalseOriginEastingGeoKey",
        "ProjCenterEastingGeoKey",
      ),
    ],
    [
      "y_0",
      metres(
        "ProjFalseNorthingGeoKey",
        "ProjFalseOriginNorthingGeoKey",
        "ProjCenterNorthingGeoKey",
      ),
    ],
    ["to_meter", unit === 1 ? undefined : unit],
  ];
  const words = parts.flatMap(([name, value]) => value === undefined ? [] : [`+${name}=${value}`]);
  return [`+proj=${isPolar ? "stere" : method}`, ...words, ellipsoidOf(keys)].join(" ");
}

function methodIn(keys: GeoKeys): string | undefined {
  const method = numberIn(keys, "ProjCoordTransGeoKey") ?? 0;
  return method === OBLIQUE && numberIn(keys, "ProjAzimuthAngleGeoKey") === SWISS
    ? "somerc"
    : METHODS[method];
}

/** A ball has one axis, and a flattening of nothing. */
function ellipsoidOf(keys: GeoKeys): string {
  const major = numberIn(keys, "GeogSemiMajorAxisGeoKey");
  if (major === undefined) return "+datum=WGS84";
  const flattening = numberIn(keys, "GeogInvFlatteningGeoKey") ?? 0;
  return flattening > 0
    ? `+a=${major} +rf=${flattening}`
    : `+a=${major} +b=${numberIn(keys, "GeogSemiMinorAxisGeoKey") ?? major}`;
}

/** What GeoTIFF has no words for, GDAL writes as text. */
function wktIn(keys: GeoKeys): string | undefined {
  const { PCSCitationGeoKey: cited } = keys;
  const [, wkt] = typeof cited === "string"
    ? /^ESRI PE String = (PROJCS\[.{1,4000}\])/s.exec(cited) ?? []
    : [];
  return wkt;
}

/** The first number that a file has of several keys. */
export function numberIn(keys: GeoKeys, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = keys[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return undefined;
}
