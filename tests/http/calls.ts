import type { AuthenticatedClient } from "../../src/client.ts";
import type { ApiPromise } from "../../src/http/api_promise.ts";
import type { CallOptions } from "../../src/http/config.ts";
import type { Effect } from "../../src/http/retry.ts";
import type { Polygon } from "../../src/models/geojson/geojson.ts";
import { JOB_REQUEST } from "../support/requests.ts";

/** One of the client's calls, and what its repetition would do. */
export interface AnyCall {
  readonly name: string;
  readonly effect: Effect;
  readonly make: (client: AuthenticatedClient, options?: CallOptions) => ApiPromise<unknown>;
}

const AREA: Polygon = {
  type: "Polygon",
  coordinates: [[[12, 41], [13, 41], [13, 42], [12, 41]]],
};

/** Every call that the client can make. */
export const CALLS: readonly AnyCall[] = [
  {
    name: "health",
    effect: "read",
    make: (client, options) => client.health(options),
  },
  {
    name: "unitJobs.create",
    effect: "create",
    make: (client, options) => client.unitJobs.create(JOB_REQUEST, options),
  },
  {
    name: "unitJobs.createSync",
    effect: "create",
    make: (client, options) => client.unitJobs.createSync(JOB_REQUEST, options),
  },
  {
    name: "unitJobs.get",
    effect: "read",
    make: (client, options) => client.unitJobs.get(42, options),
  },
  {
    name: "unitJobs.results",
    effect: "read",
    make: (client, options) => client.unitJobs.results(42, options),
  },
  {
    name: "unitJobs.delete",
    effect: "delete",
    make: (client, options) => client.unitJobs.delete(42, options),
  },
  {
    name: "unitJobs.parameters",
    effect: "compute",
    make: (client, options) =>
      client.unitJobs.parameters(
        { label: JOB_REQUEST.label, service: JOB_REQUEST.service },
        options,
      ),
  },
  {
    name: "upscaleTasks.create",
    effect: "create",
    make: (client, options) =>
      client.upscaleTasks.create(
        { ...JOB_REQUEST, dimension: { name: "bbox", values: [[12, 41, 13, 42]] } },
        options,
      ),
  },
  {
    name: "upscaleTasks.get",
    effect: "read",
    make: (client, options) => client.upscaleTasks.get(7, options),
  },
  {
    name: "jobsStatus.get",
    effect: "read",
    make: (client, options) => client.jobsStatus.get(options),
  },
  {
    name: "statistics",
    effect: "read",
    make: (client, options) => client.statistics(options),
  },
  {
    name: "tiles.split",
    effect: "compute",
    make: (client, options) =>
      client.tiles.split(
        { aoi: AREA, grid: "20x20km" },
        options,
      ),
  },
];
