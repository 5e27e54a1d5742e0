import type { Parameter } from "../../models/parameters.ts";
import type { ProcessTypeEnum } from "../../models/service.ts";
import type { StoredService } from "../service/state.ts";
import type { SandboxResult, SandboxService } from "../service/world.ts";
import { DEFINITIONS, toParameter } from "./definitions.ts";

/** The openEO back-end of the sandbox. */
export const OPENEO_ENDPOINT = "https://openeo.example.test";

/** The OGC API - Processes platform of the sandbox. */
export const OGC_ENDPOINT = "https://processes.example.test";

/** What each process makes. */
const RESULTS: Readonly<Record<string, readonly SandboxResult[]>> = {
  vegetation_index: ["features", "raster"],
  land_cover: ["classes"],
  field_statistics: ["series", "csv"],
  parcel_markers: ["features", "parquet"],
  band_cube: ["cube"],
  station_report: ["csv"],
};

const BBOX = parameter("bbox", "The area: west, south, east, north in degrees");

/**
 * The services that every sandbox knows: the processes of its openEO back-end, and three of a platform
 * that speaks OGC API - Processes, whose arrays and numbers arrive as `string` and without defaults.
 */
export const BUILT_IN_SERVICES: readonly SandboxService[] = [
  ogc("/processes/vegetation-index", {
    results: ["features", "raster"],
    parameters: [
      BBOX,
      parameter("resolution", "The size of a pixel in metres", true),
      parameter("bands", "The bands to compute the index from", true),
    ],
  }),
  ogc("water-mask", {
    results: ["items"],
    parameters: [BBOX, parameter("threshold", "From which value on it is water", true)],
  }),
  ogc("flood-extent", {
    results: ["features"],
    parameters: [BBOX, parameter("date", "The day of the flood")],
  }),
  ...DEFINITIONS.map(({ id, parameters }): SandboxService => ({
    label: "openeo",
    service: {
      endpoint: OPENEO_ENDPOINT,
      application: `https://catalogue.example.test/${id}.json`,
    },
    parameters: parameters.map(toParameter),
    results: RESULTS[id] ?? [],
  })),
];

function ogc(
  application: string,
  rest: Pick<SandboxService, "parameters" | "results">,
): SandboxService {
  const service = { endpoint: OGC_ENDPOINT, namespace: "apex", application };
  return { label: "ogc_api_process", service, ...rest };
}

function parameter(name: string, description: string, optional = false): Parameter {
  return { name, type: "string", optional, description, default: null, options: [] };
}

/**
 * The service that a request means. openEO is asked by the address of the process definition alone,
 * wherever it lies; an OGC API has to match in every part.
 */
export function findService(
  services: readonly SandboxService[],
  label: ProcessTypeEnum,
  wanted: StoredService,
): SandboxService | undefined {
  return services.find(({ label: kind, service }) =>
    kind === label &&
    (label === "openeo"
      ? isSameDefinition(service.application, wanted.application)
      : nameOf(service) === nameOf(wanted) && service.endpoint === wanted.endpoint &&
        (service.namespace ?? null) === wanted.namespace)
  );
}

/** A process by its name alone: the tutorial gives its path. */
function nameOf({ application }: { readonly application: string }): string {
  return application.replace(/^\/processes\//, "");
}

/** Whether an address is that of a definition, or of the same one in the sandbox's own catalogue. */
function isSameDefinition(known: string, wanted: string): boolean {
  if (known === wanted) return true;
  const name = /^http:\/\/127\.0\.0\.1:\d+\/sandbox\/catalogue\/.*\/openeo_udp\/([^/?]+)$/.exec(
    wanted,
  )?.[1];
  return name !== undefined && known === `https://catalogue.example.test/${name}`;
}
