import { serve, type TestServer } from "../../support/server.ts";

/** A record of an openEO service, in the shapes that the catalogue has. */
export function openeoRecord(
  id: string,
  { properties = {}, links = [], ...rest }: {
    readonly properties?: Readonly<Record<string, unknown>>;
    readonly links?: readonly unknown[];
    readonly conformsTo?: readonly string[];
  } = {},
): Readonly<Record<string, unknown>> {
  return {
    id,
    type: "Feature",
    conformsTo: [
      "https://www.opengis.net/spec/ogcapi-records-1/1.0/req/record-core",
      "https://apex.esa.int/core/openeo-udp",
    ],
    geometry: null,
    properties: {
      created: "2026-01-01T00:00:00Z",
      updated: "2026-02-01T00:00:00Z",
      type: "service",
      title: `The ${id.replaceAll("_", " ")}`,
      description: "Makes one picture of many. It costs by area.",
      cost_estimate: 0.1,
      cost_unit: "platform credits per km²",
      keywords: ["Vegetation"],
      formats: [{ name: "GeoTiff" }, { name: "NetCDF" }, { name: "PNG" }],
      license: "CC-BY-4.0",
      ...properties,
    },
    linkTemplates: [],
    links: [
      { rel: "application", href: `https://definitions.example.test/${id}.json` },
      { rel: "service", href: "https://openeo.dataspace.copernicus.eu/" },
      { rel: "platform", href: "../../../../platform_catalog/cloud.json" },
      { rel: "provider", href: "../../record.json" },
      ...links,
    ],
    ...rest,
  };
}

/** A record of an OGC API process. */
export function ogcRecord(id: string, service: string): Readonly<Record<string, unknown>> {
  return {
    ...openeoRecord(id, {
      properties: { cost_estimate: 6, cost_unit: "€ per input product", formats: [] },
    }),
    conformsTo: ["https://apex.esa.int/core/ogc-api-processes"],
    links: [
      { rel: "application", href: "https://packages.example.test/water.cwl" },
      { rel: "service", href: service },
      { rel: "platform", href: "../../../../platform_catalog/hazards.json" },
      { rel: "provider", href: "../../record.json" },
    ],
  };
}

/** A process definition with a parameter of each kind. */
export const definition: Readonly<Record<string, unknown>> = {
  id: "composite",
  process_graph: {},
  parameters: [
    {
      name: "spatial_extent",
      description: "The area. As a [box](https://openeo.example.test).",
      schema: [
        { type: "object", subtype: "bounding-box", required: ["west", "south", "east", "north"] },
        { type: "object", subtype: "datacube" },
        { type: "null" },
      ],
    },
    {
      name: "temporal_extent",
      description: "The time.",
      schema: {
        type: "array",
        subtype: "temporal-interval",
        minItems: 2,
        maxItems: 2,
        uniqueItems: true,
        items: {
          anyOf: [{ type: "string", format: "date" }, { type: "string", format: "date-time" }],
        },
      },
    },
    {
      name: "bands",
      description: "The bands.",
      optional: true,
      default: ["B04", "B08"],
      schema: {
        type: "array",
        minItems: 1,
        items: { type: "string", enum: ["B02", "B04", "B08"] },
      },
    },
    {
      name: "max_cloud_cover",
      description: "The most clouds, in percent.",
      optional: true,
      default: 75,
      schema: { type: "integer", minimum: 0, maximum: 100 },
    },
    {
      name: "scale",
      description: "A number.",
      optional: true,
      default: null,
      schema: { type: "number" },
    },
    {
      name: "mask",
      description: "Whether.",
      optional: true,
      default: true,
      schema: { type: "boolean" },
    },
    {
      name: "season_start",
      description: "A day.",
      optional: true,
      default: null,
      schema: { type: "string", subtype: "date", format: "date" },
    },
    {
      name: "country",
      description: "A country.",
      optional: true,
      default: "benin",
      schema: { type: "string", enum: ["benin", "ghana", "togo"] },
    },
  ],
};

/** Parameters that the definition takes. */
export const good: Readonly<Record<string, unknown>> = {
  spatial_extent: { west: 5, south: 51, east: 5.1, north: 51.1 },
  temporal_extent: ["2026-06-01", "2026-07-01"],
};

/** A benchmark scenario of a service. */
export function scenario(id: string, given: Readonly<Record<string, unknown>> = good): unknown {
  return [{
    id: `${id}_small`,
    type: "openeo",
    backend: "openeo.dataspace.copernicus.eu",
    process_graph: {
      save1: { process_id: "save_result", arguments: { data: { from_node: "one1" }, format: "x" } },
      one1: {
        process_id: id,
        namespace: `https://definitions.example.test/${id}.json`,
        arguments: { ...given, data: { from_node: "load1" } },
      },
    },
  }];
}

/** The files of a small catalogue with a service of each kind, one private, one malformed, one hostile. */
export function repository(): Record<string, string> {
  const json = (value: unknown) => JSON.stringify(value);
  const title = (words: string) => json({ id: "x", properties: { title: words } });
  const at = (provider: string, id: string) =>
    `algorithm_catalog/${provider}/${id}/records/${id}.json`;
  return {
    "algorithm_catalog/alpha/record.json": title("Alpha Institute"),
    "algorithm_catalog/beta/record.json": title("Beta Ltd"),
    "platform_catalog/cloud.json": title("The Cloud"),
    "platform_catalog/hazards.json": title("Hazards Platform"),
    [at("alpha", "composite")]: json(openeoRecord("composite")),
    "algorithm_catalog/alpha/composite/benchmark_scenarios/composite.json": json(
      scenario("composite"),
    ),
    [at("alpha", "ndvi_map")]: json(openeoRecord("ndvi_map", {
      properties: { title: "A map of NDVI", cost_unit: "platform credits per km² per year" },
    })),
    "algorithm_catalog/alpha/ndvi_map/benchmark-scenarios/broken.json": "[{,",
    [at("beta", "water")]: json(
      ogcRecord("water", "https://processes.example.test/gep/wps3/processes/water-1_0"),
    ),
    [at("beta", "secret")]: json(
      openeoRecord("secret", { properties: { visibility: "private" } }),
    ),
    [at("beta", "broken")]: "<!doctype html><title>404</title>",
    [at("beta", "nowhere")]: json(ogcRecord("nowhere", "https://processes.example.test/none")),
    [at("beta", "hostile")]: json(openeoRecord("hostile", {
      properties: { title: "x".repeat(10_000), description: "<script>alert(1)</script>" },
      links: [
        { rel: "about", href: "javascript:alert(1)" },
        { rel: "notebook", href: "https://good.example.test/", title: "y".repeat(10_000) },
      ],
    })).replace('"type":"Feature"', '"__proto__":{"polluted":true},"type":"Feature"'),
  };
}

/** A catalogue on a server of this machine, which counts what it is asked. */
export function serveRepository(
  files: Readonly<Record<string, string>> = repository(),
): TestServer {
  const tree = JSON.stringify({
    sha: "0123456789abcdef0123456789abcdef01234567",
    tree: Object.keys(files).map((path, index) => ({ path, type: "blob", sha: `${index}` })),
    truncated: false,
  });
  return serve(({ path, headers }) => {
    if (path === "/tree.json") {
      return headers.get("if-none-match") === '"one"'
        ? new Response(null, { status: 304 })
        : new Response(tree, { headers: { etag: '"one"' } });
    }
    const text = files[decodeURIComponent(path.slice(1))];
    return text === undefined ? new Response("Not found", { status: 404 }) : new Response(text);
  });
}

/** A `fetch` that finds the definitions of made-up services, and asks the machine for everything else. */
export function fetchWithDefinitions(found: unknown = definition): typeof fetch {
  return (input, init) =>
    String(input).startsWith("https://definitions.example.test/")
      ? Promise.resolve(Response.json(found))
      : fetch(input, init);
}
