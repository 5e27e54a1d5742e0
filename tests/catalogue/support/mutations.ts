import type { CatalogueParameter } from "../../../src/catalogue/reading/definition.ts";

/** A request that was made wrong in one place. */
export interface Mutant {
  /** The parameters. */
  readonly given: Readonly<Record<string, unknown>>;
  /** What was done to them. */
  readonly what: string;
  /** How the path of the problem begins. */
  readonly path: string;
}

/** A number from 0 up to 1, the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A value that a parameter takes; nothing where none can be made up. */
export function valueFor({ kinds, schemas, ...rest }: CatalogueParameter): unknown {
  if (rest.default !== undefined && rest.default !== null) return rest.default;
  const [kind] = kinds.filter((one) => one !== "null" && one !== "datacube");
  const words = schemas.flatMap((schema) => schema.enum ?? schema.items?.enum ?? []);
  switch (kind) {
    case "bounding-box":
      return { west: 5, south: 51, east: 5.1, north: 51.1 };
    case "temporal-interval":
      return ["2026-06-01", "2026-07-01"];
    case "geojson":
      return { type: "Polygon", coordinates: [[[5, 51], [6, 51], [6, 52], [5, 51]]] };
    case "date":
      return "2026-06-01";
    case "number":
    case "integer":
      return schemas.flatMap(({ minimum }) => minimum ?? [])[0] ?? 1;
    case "string":
      return words[0] ?? "text";
    case "boolean":
      return true;
    case "array of strings":
      return words.length > 0 ? words.slice(0, 1) : ["text"];
    default:
      return undefined;
  }
}

/** Makes parameters that are right in all places but one. */
export function mutate(
  parameters: readonly CatalogueParameter[],
  random: () => number,
): Mutant | undefined {
  const given: Record<string, unknown> = {};
  for (const parameter of parameters) {
    if (parameter.needed || random() < 0.5) {
      const value = valueFor(parameter);
      if (value !== undefined) given[parameter.name] = value;
    }
  }
  const at = Math.floor(random() * parameters.length);
  const parameter = parameters[at];
  if (parameter === undefined) return undefined;
  const { name } = parameter;
  const made = wrongValue(parameter, random);
  if (made === undefined) return undefined;
  if (made.what === "unknown name") {
    const wrong = `${name}${name.at(-1) ?? "x"}`;
    return { given: { ...given, [wrong]: 1 }, what: made.what, path: wrong };
  }
  if (made.what === "missing") {
    if (!parameter.needed) return undefined;
    const { [name]: _missing, ...others } = given;
    return { given: others, what: made.what, path: name };
  }
  return { given: { ...given, [name]: made.value }, what: made.what, path: name };
}

function wrongValue(
  { kinds, schemas }: CatalogueParameter,
  random: () => number,
): { readonly what: string; readonly value?: unknown } | undefined {
  const box = { west: 5, south: 51, east: 5.1, north: 51.1 };
  const words = schemas.flatMap((schema) => schema.enum ?? schema.items?.enum ?? []);
  const wrongs: { readonly what: string; readonly value?: unknown }[] = [
    { what: "unknown name" },
    { what: "missing" },
  ];
  if (kinds.includes("bounding-box")) {
    wrongs.push(
      { what: "type", value: "5,51,6,52" },
      { what: "array", value: [5, 51, 5.1, 51.1] },
      { what: "west > east", value: { ...box, west: 6 } },
      { what: "south > north", value: { ...box, south: 52 } },
      { what: "latitude 91", value: { ...box, north: 91 } },
      { what: "longitude 181", value: { ...box, east: 181 } },
      { what: "extra key", value: { ...box, crs: "EPSG:4326" } },
      { what: "missing key", value: { west: 5, south: 51, east: 5.1 } },
      { what: "null corner", value: { ...box, west: null } },
      { what: "collection", value: { type: "FeatureCollection", features: [] } },
    );
  } else if (kinds.includes("temporal-interval")) {
    wrongs.push(
      { what: "type", value: "2026-06-01/2026-07-01" },
      { what: "swapped dates", value: ["2026-07-01", "2026-06-01"] },
      { what: "equal dates", value: ["2026-07-01", "2026-07-01"] },
      { what: "no such day", value: ["2026-06-31", "2026-07-01"] },
      { what: "one date", value: ["2026-06-01"] },
      { what: "three dates", value: ["2026-06-01", "2026-06-02", "2026-06-03"] },
    );
  } else if (kinds.includes("geojson")) {
    wrongs.push(
      { what: "type", value: "POINT (5 51)" },
      {
        what: "open ring",
        value: { type: "Polygon", coordinates: [[[5, 51], [6, 51], [6, 52], [5, 52]]] },
      },
      { what: "latitude 91", value: { type: "Point", coordinates: [5, 91] } },
      { what: "unknown kind", value: { type: "Poligon", coordinates: [] } },
    );
  } else if (kinds.includes("date")) {
    wrongs.push({ what: "no such day", value: "2026-02-30" }, { what: "type", value: 20_260_601 });
  } else if (kinds.includes("integer") || kinds.includes("number")) {
    wrongs.push({ what: "type", value: "10" }, { what: "NaN", value: NaN });
    const [most] = schemas.flatMap(({ maximum }) => maximum ?? []);
    if (most !== undefined) wrongs.push({ what: "too much", value: most + 1 });
  } else if (kinds.includes("boolean")) wrongs.push({ what: "type", value: "yes" });
  else if (kinds.includes("string")) {
    wrongs.push({ what: "type", value: 5 });
    if (words.length > 0) wrongs.push({ what: "enum", value: "none of these" });
  } else if (kinds.includes("array of strings")) {
    wrongs.push({ what: "type", value: "B04" }, { what: "item type", value: [5] });
    if (words.length > 0) wrongs.push({ what: "enum", value: ["B99"] });
  }
  return wrongs[Math.floor(random() * wrongs.length)];
}
