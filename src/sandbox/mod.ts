/**
 * An embedded Dispatch service: the same operations as the real one, in this process, on loopback and
 * in memory. Use it to try things without an account, and to test programs that use the client.
 *
 * - Jobs move on by a clock that a test can drive ({@linkcode manualClock}), at a pace and to an end
 *   of its choosing.
 * - Results are real files of every kind: a cloud-optimised GeoTIFF, classes with a palette, netCDF, GeoJSON,
 *   a time series, CSV, Parquet, and items behind relative links. Their addresses are signed and end.
 * - It has an identity provider ({@linkcode SandboxIdentity}), so that a sign-in can be walked through, and a
 *   catalogue of its own services ({@linkcode Sandbox.catalogue}).
 * - Whatever goes wrong out there can be switched on ({@linkcode Fault}): latency, statuses, a proxy's
 *   pages, cut answers, dropped connections, records that appear late; tokens can expire, accounts be
 *   unlinked, jobs be limited, and the database can fail.
 * - Both WebSockets are there ({@linkcode SandboxStream}): they tell how the work goes for ever, pause
 *   by the clock, and meet faults of their own ({@linkcode StreamFault}); the whole service can restart
 *   or be killed.
 * - Two users with different tokens do not see each other's jobs.
 * - Its world is finite: an openEO back-end with six processes that take their place in different ways, and
 *   an OGC API platform with three, and those given as `services`. Everything else is refused in the
 *   service's words, so that a wrong address can be practised; with `lenient: true` it is taken. As with
 *   openEO, arguments that a process does not know are ignored and defaults are filled in, and the
 *   results show the place that was really computed ({@linkcode PlatformJob.arguments}).
 * - What makes the real service hang (tiles of an area that reaches a pole or crosses the antimeridian)
 *   is answered with a proxy's 504.
 *
 * - A stream with `interval=0` floods less than the real one, with a hundred rounds a second at most,
 *   and no message is compressed.
 * - After a client has sent a message on a stream, its close frame is not answered, as with the real
 *   service: end such a connection with the sandbox.
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
 * @example A stream that is dropped, and then goes on by the clock
 * ```ts
 * import { manualClock, startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * const clock = manualClock("2026-11-23T15:38:21Z");
 * await using sandbox = startSandbox({ clock });
 * sandbox.faults.set("ws/jobs_status", { kind: "drop", after: 2, times: 1 });
 *
 * const address = `${sandbox.url.replace("http", "ws")}/ws/jobs_status?token=${sandbox.token}`;
 * const dropped = new WebSocket(address);
 * await new Promise((resolve) => dropped.onclose = resolve);
 * assertEquals(sandbox.streams[0]?.sent, 2);
 * assertEquals(sandbox.streams[0]?.end?.by, "loss");
 *
 * const socket = new WebSocket(address);
 * let count = 0;
 * await new Promise<void>((resolve) => {
 *   socket.onmessage = () => {
 *     count++;
 *     if (count === 3) clock.advance(10_000); // init, loading, status; then a pause
 *     if (count === 5) resolve();
 *   };
 * });
 * socket.close();
 * assertEquals((await sandbox.streams[1]?.ended)?.by, "client");
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
} from "../models/schema/model.ts";
export type { ProcessTypeEnum, ServiceDetails } from "../models/service.ts";
export { DispatchError, type DispatchErrorOptions } from "../core/dispatch_error.ts";
export { type ManualClock, manualClock } from "./service/clock.ts";
export { type Clock, systemClock } from "../core/waiting.ts";
export type { Fault, FaultKind, FaultTarget, SandboxFaults } from "./server/faults.ts";
export type { SandboxOutcome, SandboxPace } from "./platform/progress.ts";
export {
  type IssueTokenOptions,
  type RestartOptions,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "./start.ts";
export type {
  JobRequest,
  PlatformJob,
  SandboxRequest,
  SandboxStream,
  StoredService,
  StreamEnd,
} from "./service/state.ts";
export type { StreamFault, StreamFaultKind, StreamTarget } from "./sockets/stream_faults.ts";
export type { SandboxIdentity } from "./identity/identity.ts";
export type { IdentitySettings } from "./identity/settings.ts";
export type { SandboxJob, SandboxResult, SandboxService } from "./service/world.ts";
