/** West, south, east, north in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** The area of a job that names none: a degree square in Latium. */
export const DEFAULT_BOX: Box = [12, 41, 13, 42];

const NAMES = ["bbox", "spatial_extent", "bounding_box", "aoi", "extent", "geometry"];

/**
 * The area that a job's parameters ask for: an array of four numbers, an object with `west`, `south`,
 * `east`, `north`, or GeoJSON of any kind. Parameters with a usual name go before the others.
 */
export function areaOf(parameters: Readonly<Record<string, unknown>>): Box {
  const usual = NAMES.filter((name) => Object.hasOwn(parameters, name));
  const others = Object.keys(parameters).filter((name) => !NAMES.includes(name));
  for (const name of [...usual, ...others]) {
    const box = boxOf(parameters[name]);
    if (box !== undefined) return box;
  }
  return DEFAULT_BOX;
}

function boxOf(value: unknown): Box | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return value.length === 4 ? toBox(value) : undefined;
  if ("west" in value && "south" in value && "east" in value && "north" in value) {
    return toBox([value.west, value.south, value.east, value.north]);
  }
  if ("type" in value) {
    const positions: [number, number][] = [];
    collect(value, positions);
    const longitudes = positions.map(([longitude]) => longitude);
    const latitudes = positions.map(([, latitude]) => latitude);
    return positions.length === 0 ? undefined : toBox([
      longitudes.reduce((a, b) => Math.min(a, b)),
      latitudes.reduce((a, b) => Math.min(a, b)),
      longitudes.reduce((a, b) => Math.max(a, b)),
      latitudes.reduce((a, b) => Math.max(a, b)),
    ]);
  }
  return undefined;
}

function toBox([west, south, east, north]: readonly unknown[]): Box | undefined {
  if (
    typeof west !== "number" || typeof south !== "number" || typeof east !== "number" ||
    typeof north !== "number"
  ) return undefined;
  return Math.abs(west) <= 360 && Math.abs(east) <= 360 && west < east &&
      south >= -90 && north <= 90 && south < north
    ? [west, south, east, north]
    : undefined;
}

/** Gathers every position in GeoJSON, however deep its coordinates are nested. */
function collect(value: unknown, positions: [number, number][]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    const [longitude, latitude] = value;
    if (typeof longitude === "number" && typeof latitude === "number") {
      positions.push([longitude, latitude]);
    } else for (const item of value) collect(item, positions);
    return;
  }
  for (const key of ["coordinates", "geometry", "geometries", "features"]) {
    if (key in value) collect(Reflect.get(value, key), positions);
  }
}
