import { type ArrayVariable, numbersOf, textIn } from "./array_variable.ts";

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
