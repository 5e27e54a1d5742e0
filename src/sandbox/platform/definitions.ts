import type { Parameter, ParamTypeEnum } from "../../models/parameters.ts";

/** A parameter of an openEO process definition (UDP), as openEO's API has it. */
export interface DefinitionParameter {
  /** What it is called. */
  readonly name: string;
  readonly description: string;
  /** Its JSON Schema, with openEO's `subtype`. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether it can be left out. */
  readonly optional?: boolean;
  /** What holds when it is left out. */
  readonly default?: unknown;
}

/** An openEO process definition (UDP). */
export interface ProcessDefinition {
  /** What it is called. */
  readonly id: string;
  /** What it does, in a line. */
  readonly summary: string;
  /** What it does. */
  readonly description: string;
  /** What it takes. */
  readonly parameters: readonly DefinitionParameter[];
  /** What it gives. */
  readonly returns: { readonly description: string; readonly schema: object };
  /** How it does it. */
  readonly process_graph: Readonly<Record<string, unknown>>;
}

const BOX = {
  type: "object",
  subtype: "bounding-box",
  required: ["west", "south", "east", "north"],
  properties: {
    west: { type: "number" },
    south: { type: "number" },
    east: { type: "number" },
    north: { type: "number" },
  },
};
const INTERVAL = {
  type: "array",
  subtype: "temporal-interval",
  minItems: 2,
  maxItems: 2,
  items: { type: ["string", "null"], format: "date" },
};
const BANDS = { type: "array", items: { type: "string", enum: ["B02", "B03", "B04", "B08"] } };
const GEOJSON = { type: "object", subtype: "geojson" };

const TIME: DefinitionParameter = {
  name: "temporal_extent",
  description: "The time: begin and end. The end is not part of it.",
  schema: INTERVAL,
  optional: true,
  default: ["2025-05-01", "2025-06-01"],
};

/** Makes a definition of what differs between them. */
function definition(
  id: string,
  { gives, process, ...rest }: {
    readonly summary: string;
    readonly description: string;
    readonly parameters: readonly DefinitionParameter[];
    readonly gives: string;
    readonly process: string;
  },
): ProcessDefinition {
  const names = Object.fromEntries(
    rest.parameters.map(({ name }) => [name, { from_parameter: name }]),
  );
  return {
    id,
    ...rest,
    returns: { description: gives, schema: { type: "object", subtype: "datacube" } },
    process_graph: { run: { process_id: process, arguments: names, result: true } },
  };
}

/** The processes of the sandbox's openEO back-end: each takes its place in another way. */
export const DEFINITIONS: readonly ProcessDefinition[] = [
  definition("vegetation_index", {
    summary: "Vegetation index of an area",
    description: "Computes a vegetation index from the red and the near infrared of an area.",
    process: "ndvi",
    gives: "A raster with the index and its quality.",
    parameters: [
      {
        name: "spatial_extent",
        description: "The area: west, south, east, north in degrees",
        schema: BOX,
      },
      TIME,
      {
        name: "resolution",
        description: "The size of a pixel in metres",
        schema: { type: "number", minimum: 10, maximum: 1000 },
        optional: true,
        default: 10,
      },
      {
        name: "bands",
        description: "The bands to compute the index from",
        schema: BANDS,
        optional: true,
        default: ["B04", "B08"],
      },
    ],
  }),
  definition("land_cover", {
    summary: "Land cover classes of a year",
    description:
      "Tells water, woods, fields and towns apart. Without a place it is that of Mount Etna.",
    process: "classify",
    gives: "A raster of classes with their colours.",
    parameters: [
      {
        name: "bounding_box",
        description: "The area: west, south, east, north in degrees",
        schema: BOX,
        optional: true,
        default: { west: 14.9, south: 37.6, east: 15.1, north: 37.8 },
      },
      {
        name: "year",
        description: "The year",
        schema: { type: "integer", minimum: 2017, maximum: 2025 },
        optional: true,
        default: 2024,
      },
    ],
  }),
  definition("field_statistics", {
    summary: "Time series of a field",
    description: "Averages the index over a field at every date.",
    process: "aggregate_spatial",
    gives: "A time series.",
    parameters: [
      { name: "geometry", description: "The field: a GeoJSON polygon", schema: GEOJSON },
      TIME,
      {
        name: "smooth",
        description: "Whether to smooth the series",
        schema: { type: "boolean" },
        optional: true,
        default: false,
      },
    ],
  }),
  definition("parcel_markers", {
    summary: "Markers of many parcels",
    description: "Computes figures for each parcel of a GeoJSON FeatureCollection.",
    process: "vector_markers",
    gives: "The parcels with their figures.",
    parameters: [
      {
        name: "parcels",
        description: "The parcels: a GeoJSON FeatureCollection of polygons",
        schema: GEOJSON,
      },
      {
        name: "season",
        description: "The season",
        schema: { type: "string", enum: ["winter", "summer"] },
        optional: true,
        default: "summer",
      },
    ],
  }),
  definition("band_cube", {
    summary: "Cube of bands over time",
    description: "Hands out the bands of an area as a cube over time, unchanged.",
    process: "load_collection",
    gives: "A netCDF file with a variable for each band.",
    parameters: [
      { name: "bands", description: "The bands", schema: { ...BANDS, minItems: 1 } },
      {
        name: "spatial_extent",
        description: "The area: west, south, east, north in degrees",
        schema: BOX,
      },
      TIME,
    ],
  }),
  definition("station_report", {
    summary: "Report of all stations",
    description: "Lists the latest figures of every station. It takes no parameters.",
    process: "report",
    gives: "A table.",
    parameters: [],
  }),
];

/** What the service makes of a parameter: openEO's numbers arrive as `integer`. */
export function toParameter(
  { name, description, schema, optional = false, default: value = null }: DefinitionParameter,
): Parameter {
  return { name, type: typeOf(schema), optional, description, default: value, options: [] };
}

function typeOf({ type, subtype }: DefinitionParameter["schema"]): ParamTypeEnum {
  switch (subtype) {
    case "bounding-box":
      return "bounding-box";
    case "temporal-interval":
      return "date-interval";
    case "geojson":
      return "polygon";
    default:
      return type === "array"
        ? "array-string"
        : type === "boolean"
        ? "boolean"
        : type === "string"
        ? "string"
        : "integer";
  }
}
