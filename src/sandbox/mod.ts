/**
 * An embedded Dispatch service: the same operations as the real one, in this process, on loopback and
 * in memory. Use it to try things without an account, and to test programs that use the client.
 *
 * - Jobs move on by a clock that a test can drive ({@linkcode manualClock}), at a pace and to an end
 *   of its choosing.
 * - Results are real files: a GeoJSON grid and a GeoTIFF over the area that was asked for.
 * - Whatever goes wrong out there can be switched on ({@linkcode Fault}): latency, statuses, a proxy's
 *   pages, cut answers, dropped connections; tokens can expire and the database can fail.
 * - Two users with different tokens do not see each other's jobs.
 * - Any endpoint and application is taken for a job, so that you can try your own request; `/params`
 *   knows the tutorial's service, its openEO twin, and those given as `services`.
 * - What makes the real service hang (tiles of an area that reaches a pole or crosses the antimeridian)
 *   is answered with a proxy's 504.
 *
 * @example An answer that is lost after the job was made
 * ```ts
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * await using sandbox = startSandbox();
 * sandbox.faults.set("unitJobs.create", { kind: "drop", carriedOut: true, times: 1 });
 *
 * await assertRejects(() =>
 *   fetch(`${sandbox.url}/unit_jobs`, {
 *     method: "POST",
 *     headers: {
 *       authorization: `Bearer ${sandbox.token}`,
 *       "content-type": "application/json",
 *     },
 *     body: JSON.stringify({
 *       title: "Vegetation index",
 *       label: "openeo",
 *       service: {
 *         endpoint: "https://openeo.example.test",
 *         application: "https://catalogue.example.test/vegetation_index.json",
 *       },
 *       parameters: { spatial_extent: { west: 12, south: 41, east: 13, north: 42 } },
 *       format: "gtiff",
 *     }),
 *   })
 * );
 * assertEquals(sandbox.platformJobs.length, 1);
 * ```
 *
 * @module
 */

export type { Parameter, ParamTypeEnum } from "../models/parameters.ts";
export type { OutputFormatEnum, ProcessingStatusEnum } from "../models/jobs.ts";
export type {
  Model,
  Open,
  StandardIssue,
  StandardResult,
  StandardSchema,
} from "../models/model.ts";
export type { ProcessTypeEnum, ServiceDetails } from "../models/service.ts";
export { DispatchError, type DispatchErrorOptions } from "../models/dispatch_error.ts";
export { type ManualClock, manualClock, type SandboxClock, systemClock } from "./clock.ts";
export type { Fault, FaultKind, FaultTarget, SandboxFaults } from "./faults.ts";
export type { SandboxOutcome, SandboxPace } from "./progress.ts";
export {
  type IssueTokenOptions,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "./start.ts";
export type { JobRequest, PlatformJob, SandboxRequest, StoredService } from "./state.ts";
export type { SandboxJob, SandboxService } from "./world.ts";
