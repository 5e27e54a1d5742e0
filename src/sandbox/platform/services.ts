import type { Parameter } from "../../models/parameters.ts";
import type { ProcessTypeEnum } from "../../models/service.ts";
import type { StoredService } from "../service/state.ts";
import type { SandboxService } from "../service/world.ts";

/**
 * The services that every sandbox knows: the tutorial's, on a platform that speaks OGC API -
 * Processes, and the same as an openEO process (UDP). As with the service, an OGC API's arrays and
 * numbers arrive as `string` and without defaults, openEO's numbers as `integer`.
 */
export const BUILT_IN_SERVICES: readonly SandboxService[] = [
  {
    label: "ogc_api_process",
    service: {
      endpoint: "https://processes.example.test",
      namespace: "apex",
      application: "/processes/vegetation-index",
    },
    parameters: [
      parameter("bbox", "string", "The area: west, south, east, north in degrees"),
      parameter("resolution", "string", "The size of a pixel in metres", { optional: true }),
      parameter("bands", "string", "The bands to compute the index from", { optional: true }),
    ],
  },
  {
    label: "openeo",
    service: {
      endpoint: "https://openeo.example.test",
      application: "https://catalogue.example.test/vegetation_index.json",
    },
    parameters: [
      parameter("spatial_extent", "bounding-box", "The area: west, south, east, north in degrees"),
      parameter("temporal_extent", "date-interval", "The time: begin and end", {
        optional: true,
        default: ["2025-05-01", "2025-06-01"],
      }),
      parameter("resolution", "integer", "The size of a pixel in metres", {
        optional: true,
        default: 10,
      }),
      parameter("bands", "array-string", "The bands to compute the index from", {
        optional: true,
        default: ["B04", "B08"],
      }),
    ],
  },
];

function parameter(
  name: string,
  type: Parameter["type"],
  description: string,
  rest: { readonly optional?: boolean; readonly default?: unknown } = {},
): Parameter {
  const { optional = false, default: value = null } = rest;
  return { name, type, optional, description, default: value, options: [] };
}

/**
 * The service that a request means. openEO is asked by the URL of the process alone; an OGC API has
 * to match in every part.
 */
export function findService(
  services: readonly SandboxService[],
  label: ProcessTypeEnum,
  wanted: StoredService,
): SandboxService | undefined {
  return services.find(({ label: kind, service }) =>
    kind === label && service.application === wanted.application &&
    (label === "openeo" ||
      service.endpoint === wanted.endpoint && (service.namespace ?? null) === wanted.namespace)
  );
}
