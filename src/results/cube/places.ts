import { type Transformation, transformation } from "../raster/crs/crs.ts";
import { definitionOf } from "../raster/crs/known.ts";
import { type ArrayVariable, numbersOf, textIn, variableBeside } from "./array_variable.ts";
import { isDegrees, type Plane } from "./axes.ts";
import { alongAxis, betweenCells, isEven } from "./curvilinear.ts";

/** Where the columns and rows of a variable lie. */
export interface Places {
  /** The coordinates of the middles of the columns; their numbers where each cell lies by itself. */
  readonly x: readonly number[];
  /** The coordinates of the middles of the rows. */
  readonly y: readonly number[];
  /** From coordinates to degrees, and back. */
  readonly transformation: Transformation;
  /** Whether that takes columns and rows instead of coordinates. */
  readonly byCell: boolean;
}

const DEGREES = /^(?:lon|long|longitude|lat|latitude)$/i;

/** Units of length of coordinates, in metres. */
const METRES: Readonly<Record<string, number>> = { km: 1_000, kilometer: 1_000, kilometre: 1_000 };

/** Where the columns and rows of a variable lie; or why nobody knows, in words. */
export async function placesOf(
  plane: Plane,
  byName: ReadonlyMap<string, ArrayVariable>,
): Promise<Places | string> {
  const { variable, cells } = plane;
  const rows = variable.shape[plane.y] ?? 0, columns = variable.shape[plane.x] ?? 0;
  if (cells !== undefined) {
    if (rows < 2 || columns < 2) return "it has one row or column only, and no place";
    const longitudes = cells.longitude.values(), latitudes = cells.latitude.values();
    return {
      x: Array.from({ length: columns }, (_, index) => index),
      y: Array.from({ length: rows }, (_, index) => index),
      transformation: betweenCells({ columns, rows, longitudes, latitudes }),
      byCell: true,
    };
  }
  const axis = (at: number, length: number) => {
    const found = byName.get(variable.dimensions[at] ?? "");
    const values = found?.values();
    if (found === undefined || values?.length !== length) return undefined;
    const unit = METRES[textIn(found.attributes, "units")?.toLowerCase() ?? ""] ?? 1;
    return { found, values: Array.from(values, (value) => value * unit) };
  };
  const across = axis(plane.x, columns), down = axis(plane.y, rows);
  if (across === undefined || down === undefined || Math.max(rows, columns) < 2) {
    return "its x and y have no coordinates";
  }
  const name = across.found.name.split("/").at(-1) ?? "";
  const inDegrees = DEGREES.test(name) || isDegrees(across.found, "X");
  const coordinates = await transformationOf(variable, byName, inDegrees);
  if (coordinates === undefined) return "nothing says what its coordinates are";
  const x = across.values, y = down.values;
  if (isEven(x) && isEven(y)) {
    return { x, y, transformation: coordinates, byCell: false };
  }
  const byColumn = alongAxis(x), byRow = alongAxis(y);
  return {
    x,
    y,
    byCell: true,
    transformation: {
      name: coordinates.name,
      toDegrees: (column, row) =>
        coordinates.toDegrees(byColumn.valueAt(column), byRow.valueAt(row)),
      fromDegrees(longitude, latitude) {
        const [easting, northing] = coordinates.fromDegrees(longitude, latitude);
        return [byColumn.indexOf(easting), byRow.indexOf(northing)];
      },
    },
  };
}

async function transformationOf(
  variable: ArrayVariable,
  byName: ReadonlyMap<string, ArrayVariable>,
  inDegrees: boolean,
): Promise<Transformation | undefined> {
  const [mapping] = [textIn(variable.attributes, "grid_mapping"), "crs", "spatial_ref"].flatMap(
    (name) => name === undefined ? [] : variableBeside(byName, variable, name) ?? [],
  );
  const { attributes } = mapping ?? variable;
  const wkt = textIn(attributes, "crs_wkt") ?? textIn(attributes, "spatial_ref");
  const told = wkt === undefined ? undefined : await byWkt(wkt);
  if (told !== undefined) return told;
  const described = mappingOf({ attributes }) ??
    (wkt === undefined && inDegrees ? "+proj=longlat +datum=WGS84" : undefined);
  if (described === undefined) return undefined;
  const name = described.startsWith("+proj=longlat")
    ? "degrees"
    : (textIn(attributes, "grid_mapping_name") ?? "coordinates of its own").replaceAll("_", " ");
  return await transformation(described, name).catch(() => undefined);
}

async function byWkt(wkt: string): Promise<Transformation | undefined> {
  // The last one is of the whole, those before of its parts.
  const [, code] =
    [...wkt.matchAll(/(?:ID|AUTHORITY)\["EPSG","?(\d{4,6})"?\]\s{0,4}\]\s{0,4}$/g)].at(-1) ?? [];
  const known = code === undefined ? undefined : definitionOf(Number(code));
  if (known !== undefined) return await transformation(known, `EPSG:${code}`);
  const [, name = "coordinates of its own"] = /^\w{1,20}\["([^"]{1,80})"/.exec(wkt) ?? [];
  return await transformation(wkt, name).catch(() => undefined);
}

/** What CF calls projections, in proj's words (CF conventions, appendix F). */
const METHODS: Readonly<Record<string, string>> = {
  albers_conical_equal_area: "aea",
  azimuthal_equidistant: "aeqd",
  geostationary: "geos",
  lambert_azimuthal_equal_area: "laea",
  lambert_conformal_conic: "lcc",
  lambert_cylindrical_equal_area: "cea",
  latitude_longitude: "longlat",
  mercator: "merc",
  orthographic: "ortho",
  polar_stereographic: "stere",
  sinusoidal: "sinu",
  stereographic: "stere",
  transverse_mercator: "tmerc",
};

/** The projections whose parallel is that of true scale. */
const TRUE_SCALE: ReadonlySet<string> = new Set(["cea", "merc", "stere"]);

/** A grid mapping in proj's words; nothing of one that is not known. */
export function mappingOf({ attributes }: Pick<ArrayVariable, "attributes">): string | undefined {
  const method = METHODS[textIn(attributes, "grid_mapping_name") ?? ""];
  if (method === undefined) return undefined;
  if (method === "longlat") return "+proj=longlat +datum=WGS84";
  const number = (...names: readonly string[]) =>
    names.flatMap((name) => numbersOf(attributes, name))[0];
  const [first, second] = numbersOf(attributes, "standard_parallel");
  const parts: readonly (readonly [string, number | undefined])[] = [
    ["lat_0", number("latitude_of_projection_origin")],
    [
      "lon_0",
      number(
        "longitude_of_central_meridian",
        "straight_vertical_longitude_from_pole",
        "longitude_of_projection_origin",
      ) ?? 0,
    ],
    [TRUE_SCALE.has(method) ? "lat_ts" : "lat_1", first],
    ["lat_2", second],
    ["k", number("scale_factor_at_central_meridian", "scale_factor_at_projection_origin")],
    ["x_0", number("false_easting") ?? 0],
    ["y_0", number("false_northing") ?? 0],
    ["h", number("perspective_point_height")],
  ];
  const words = parts.flatMap(([name, value]) => value === undefined ? [] : [`+${name}=${value}`]);
  const sweep = textIn(attributes, "sweep_angle_axis");
  return [
    `+proj=${method}`,
    ...words,
    ...(sweep === undefined ? [] : [`+sweep=${sweep}`]),
    ellipsoidOf(number),
    "+units=m",
  ].join(" ");
}

/** A ball has a radius, and a flattening of nothing. */
function ellipsoidOf(number: (...names: readonly string[]) => number | undefined): string {
  const radius = number("earth_radius"), major = number("semi_major_axis");
  if (major === undefined) {
    return radius === undefined ? "+datum=WGS84" : `+a=${radius} +b=${radius}`;
  }
  const flattening = number("inverse_flattening") ?? 0;
  return flattening > 0
    ? `+a=${major} +rf=${flattening}`
    : `+a=${major} +b=${number("semi_minor_axis") ?? major}`;
}
