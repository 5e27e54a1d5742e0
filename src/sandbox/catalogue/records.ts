import { DEFINITIONS, type ProcessDefinition } from "../platform/definitions.ts";
import { OGC_ENDPOINT, OPENEO_ENDPOINT } from "../platform/services.ts";

/** The files of the catalogue, by their paths in its repository. */
export type Files = Readonly<Record<string, unknown>>;

/** What a record says beside what all records say. */
interface Facts {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly formats: readonly string[];
  /** What it costs, in the record's own unit. */
  readonly cost?: readonly [estimate: number, unit: string];
}

const OPENEO: Readonly<Record<string, Pick<Facts, "keywords" | "formats" | "cost">>> = {
  vegetation_index: {
    keywords: ["Vegetation", "Normalized Difference Vegetation Index (NDVI)"],
    formats: ["GeoTIFF", "GeoJSON"],
    cost: [0.1, "platform credits per km²"],
  },
  land_cover: {
    keywords: ["Land cover", "Classification"],
    formats: ["GeoTiff"],
    cost: [2, "platform credits per request"],
  },
  field_statistics: { keywords: ["Agriculture", "Time series"], formats: ["JSON", "CSV"] },
  parcel_markers: {
    keywords: ["Agriculture", "Parcels"],
    formats: ["GeoJSON", "Parquet"],
    cost: [0.5, "platform credits per parcel"],
  },
  band_cube: {
    keywords: ["Sentinel-2"],
    formats: ["netCDF"],
    cost: [0.02, "platform credits per km²"],
  },
  station_report: { keywords: ["Stations"], formats: ["CSV"] },
};

const OGC: readonly Facts[] = [
  {
    id: "vegetation-index",
    title: "Vegetation index of an area, on an OGC platform",
    description: "Computes a vegetation index of an area.",
    keywords: ["Vegetation"],
    formats: ["GeoTIFF", "GeoJSON"],
  },
  {
    id: "water-mask",
    title: "Water mask",
    description: "Finds water in an area.",
    keywords: ["Water"],
    formats: ["GeoTIFF"],
    cost: [1, "platform credits per km²"],
  },
  {
    id: "flood-extent",
    title: "Flood extent",
    description: "Maps what a flood covers on a day.",
    keywords: ["Water", "Floods"],
    formats: ["GeoJSON"],
  },
];

/** What a scenario runs a process with, where that is not its defaults. */
const TRIED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  vegetation_index: {
    spatial_extent: { west: 12.4, south: 41.8, east: 12.6, north: 42 },
    temporal_extent: ["2025-05-01", "2025-06-01"],
  },
  field_statistics: { geometry: field(12.5), smooth: true },
  parcel_markers: {
    parcels: {
      type: "FeatureCollection",
      features: [12.5, 12.52].map((west, id) => ({
        type: "Feature",
        id,
        geometry: field(west),
        properties: { parcel: `P-${id + 1}` },
      })),
    },
  },
  band_cube: {
    bands: ["B04", "B08"],
    spatial_extent: { west: 12.4, south: 41.8, east: 12.6, north: 42 },
  },
};

function field(west: number): object {
  const east = west + 0.01;
  const ring = [[west, 41.9], [east, 41.9], [east, 41.91], [west, 41.91], [west, 41.9]];
  return { type: "Polygon", coordinates: [ring] };
}

const ROOT = "algorithm_catalog/sandbox";

/**
 * The files of the catalogue: a record for every service of the sandbox, and for those of openEO the
 * process definition and a benchmark scenario.
 *
 * @param base where the catalogue lies, with a slash at its end.
 */
export function catalogueFiles(base: string): Files {
  const files: Record<string, unknown> = {
    [`${ROOT}/record.json`]: { id: "sandbox", type: "Feature", properties: { title: "Sandbox" } },
    "platform_catalog/sandbox_openeo.json": { id: "sandbox_openeo", type: "Feature" },
    "platform_catalog/sandbox_ogc.json": { id: "sandbox_ogc", type: "Feature" },
  };
  for (const definition of DEFINITIONS) {
    const { id, summary, description } = definition;
    const own = `${ROOT}/${id}`;
    const application = `${base}${own}/openeo_udp/${id}.json`;
    const facts = { id, title: summary, description, keywords: [], formats: [], ...OPENEO[id] };
    files[`${own}/records/${id}.json`] = record(facts, "openeo-udp", [
      link("application", application, "application/vnd.openeo+json;type=process"),
      link("service", OPENEO_ENDPOINT),
      link("platform", "../../../../platform_catalog/sandbox_openeo.json"),
    ]);
    files[`${own}/openeo_udp/${id}.json`] = definition;
    files[`${own}/benchmark_scenarios/${id}.json`] = scenariosOf(definition, application);
  }
  for (const facts of OGC) {
    const { id } = facts;
    files[`${ROOT}/${id}/records/${id}.json`] = record(facts, "ogc-api-processes", [
      link("service", `${OGC_ENDPOINT}/apex/processes/${id}`),
      link("application", `${base}${ROOT}/${id}/${id}.cwl`, "application/cwl+yaml"),
      link("platform", "../../../../platform_catalog/sandbox_ogc.json"),
    ]);
  }
  return files;
}

/** What the catalogue's website tells of the runs of every scenario. */
export function benchmarksOf(id: string): object | undefined {
  const known = DEFINITIONS.some((definition) => definition.id === id);
  return known
    ? {
      service_id: id,
      data: [4, 5, 6].map((costs, month) => ({
        scenario_id: id,
        costs: month === 1 ? null : costs,
        duration: 90 + 10 * month,
        area_size: 3.34,
        start_time: `2026-0${month + 6}-01T04:00:00Z`,
      })),
    }
    : undefined;
}

/** The scenarios with how their last run ended. */
export function allBenchmarks(): object[] {
  return DEFINITIONS.map(({ id }) => ({
    scenario_id: id,
    status: id === "land_cover" ? "failed" : "passed",
    last_test_datetime: "2026-08-01T04:00:00Z",
  }));
}

function link(rel: string, href: string, type = "application/json"): object {
  return { rel, type, title: rel, href };
}

function record(
  { id, title, description, keywords, formats, cost }: Facts,
  kind: "openeo-udp" | "ogc-api-processes",
  links: readonly object[],
): object {
  return {
    id,
    type: "Feature",
    conformsTo: [
      "https://www.opengis.net/spec/ogcapi-records-1/1.0/req/record-core",
      `https://apex.esa.int/core/${kind}`,
    ],
    geometry: null,
    properties: {
      created: "2026-01-15T00:00:00Z",
      updated: "2026-06-01T00:00:00Z",
      type: "service",
      title,
      description,
      ...(cost !== undefined && { cost_estimate: cost[0], cost_unit: cost[1] }),
      keywords,
      language: { code: "en-US", name: "English (United States)" },
      contacts: [{ name: "Sandbox", organization: "Sandbox", roles: ["processor"] }],
      formats: formats.map((name) => ({ name })),
      license: "CC-BY-4.0",
    },
    linkTemplates: [],
    links: [...links, link("provider", "../../record.json")],
  };
}

function scenariosOf({ id, parameters }: ProcessDefinition, namespace: string): object[] {
  const defaults = parameters.flatMap((parameter): [string, unknown][] =>
    "default" in parameter ? [[parameter.name, parameter.default]] : []
  );
  const run = {
    process_id: id,
    namespace,
    arguments: { ...Object.fromEntries(defaults), ...TRIED[id] },
    result: true,
  };
  return [{
    id,
    type: "openeo",
    description: `A small run of ${id}`,
    backend: new URL(OPENEO_ENDPOINT).host,
    process_graph: { run },
  }];
}
