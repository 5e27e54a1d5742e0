import { DispatchError } from "../core/dispatch_error.ts";
import type { ProcessingStatusEnum } from "../models/jobs.ts";
import { CATALOGUE_PATH } from "./catalogue/routes.ts";
import { controlOf, type SandboxIdentity } from "./identity/identity.ts";
import { identityProvider } from "./identity/provider.ts";
import { CLIENT_ID, type IdentitySettings } from "./identity/settings.ts";
import { createApp, startServer } from "./server/app.ts";
import { tokenBook } from "./service/auth.ts";
import { type Clock, systemClock } from "../core/waiting.ts";
import { faultBox, type SandboxFaults } from "./server/faults.ts";
import { DEFAULT_PACE, type SandboxOutcome, type SandboxPace } from "./platform/progress.ts";
import { LOOPBACK } from "./sockets/relay.ts";
import { BUILT_IN_SERVICES } from "./platform/services.ts";
import {
  emptyState,
  type PlatformJob,
  type SandboxRequest,
  type SandboxStream,
} from "./service/state.ts";
import { makeDueJobs, stopMakingJobs } from "./service/tasks.ts";
import type { SandboxJob, SandboxService, World } from "./service/world.ts";

/** Options of {@linkcode startSandbox}. */
export interface SandboxOptions {
  /** The port to listen on; 0 takes a free one. @default 0 */
  readonly port?: number;
  /** What to read the time from. @default the machine's clock */
  readonly clock?: Clock;
  /** The tokens that hold, each with its user. @default one for `ada`, one for `ben` */
  readonly tokens?: Readonly<Record<string, string>>;
  /** How fast jobs go. @default 1 s created, 1 s queued, 4 s running, 0.5 s for each job of a task */
  readonly pace?: SandboxPace;
  /** How a job ends. @default every job finishes */
  readonly outcome?: (job: SandboxJob) => SandboxOutcome;
  /** How the identity provider behaves. @default as a provider that is well */
  readonly identity?: IdentitySettings;
  /** Services that `/params` knows beside the tutorial's. @default [] */
  readonly services?: readonly SandboxService[];
  /**
   * Whether services that its platforms do not know are taken all the same, so that you can try your
   * own request; else they are refused in the service's words. @default false
   */
  readonly lenient?: boolean;
  /**
   * How long a read of a task or of the list takes for each job that has not ended, in milliseconds of
   * the sandbox's clock: the service asks the platform about one after the other. @default 0
   */
  readonly statusTime?: number;
  /**
   * How long a link to a file of results holds, in milliseconds of the sandbox's clock; asking for the
   * results again gives new ones. @default a week
   */
  readonly linkLife?: number;
  /** The origins whose pages may ask (CORS). @default ["http://localhost:5173"] */
  readonly origins?: readonly string[];
  /** Makes up the correlation id of a request that brings none. @default a random UUID */
  readonly newId?: () => string;
  /** Closes the sandbox when it is aborted. */
  readonly signal?: AbortSignal;
}

/** Options of {@linkcode Sandbox.issueToken}. */
export interface IssueTokenOptions {
  /** Whose it is. @default the user of `token` */
  readonly user?: string;
  /** For how long it holds, in milliseconds of the sandbox's clock. @default for ever */
  readonly expiresIn?: number;
}

/** Options of {@linkcode Sandbox.restart}. */
export interface RestartOptions {
  /** How long nobody listens, in milliseconds of real time. @default 0 */
  readonly downtime?: number;
  /**
   * Whether it is killed instead of shut down: requests that wait are not carried out, and records that
   * are still to be written never are, though the platform's jobs run. @default false
   */
  readonly killed?: boolean;
}

/** A running sandbox. */
export interface Sandbox extends AsyncDisposable {
  /** Where it is: the base URL for a client. */
  readonly url: string;
  /** A token of the first user. */
  readonly token: string;
  /** A token of another user, who does not see the first one's jobs. */
  readonly otherToken: string;
  /** Where its identity provider is: the issuer of its tokens, with a discovery document below it. */
  readonly issuer: string;
  /** The id of the client that may sign users in there. */
  readonly clientId: string;
  /** Where its catalogue of services is. */
  readonly catalogue: string;
  /** The identity provider. */
  readonly identity: SandboxIdentity;
  /** What goes wrong, to be switched on and off. */
  readonly faults: SandboxFaults;
  /** What it reads the time from. */
  readonly clock: Clock;
  /** The latest thousand requests that reached it, in order. */
  readonly requests: readonly SandboxRequest[];
  /** The latest thousand streams that were opened, in order. */
  readonly streams: readonly SandboxStream[];
  /** The jobs on the platform: they are there even where the service failed to record them. */
  readonly platformJobs: readonly PlatformJob[];
  /** Makes a new token. */
  issueToken(options?: IssueTokenOptions): string;
  /** Lets a token expire now. */
  expireToken(token: string): void;
  /** Sets the status of a job, from now on and for good. */
  setStatus(jobId: number, status: ProcessingStatusEnum): void;
  /** Unlinks a user's account from the platforms, which then refuse every job, or links it again. */
  setLinked(linked: boolean, options?: { readonly user?: string }): void;
  /** Limits how many unfinished jobs of a user the openEO back-end takes, or, without a number, none. */
  setJobLimit(limit?: number): void;
  /** Lets the database fail with a message, or, without one, be well again. */
  setDatabaseFailure(message: string | undefined): void;
  /**
   * Lets the service go down and come back at the same address: every connection is dropped, what it
   * has stored is kept, and jobs of tasks that were not made by then never will be.
   */
  restart(options?: RestartOptions): Promise<void>;
  /** Ends every connection and gives the port back. */
  close(): Promise<void>;
}

const WEEK = 7 * 24 * 3600 * 1000;
const TOKENS = { "sandbox-token-ada": "ada", "sandbox-token-ben": "ben" };

/**
 * Starts a Dispatch service in this process, on the loopback interface: the same operations as the
 * real one, with the same quirks, and jobs that end with real results. It stores in memory alone.
 *
 * @throws {DispatchError} if the port is in use.
 *
 * @example A job that finishes when the test says so
 * ```ts
 * import { manualClock, startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * const clock = manualClock("2026-11-23T15:38:21Z");
 * await using sandbox = startSandbox({ clock });
 * const headers = {
 *   authorization: `Bearer ${sandbox.token}`,
 *   "content-type": "application/json",
 * };
 * const body = JSON.stringify({
 *   title: "Vegetation index",
 *   label: "ogc_api_process",
 *   service: {
 *     endpoint: "https://processes.example.test",
 *     namespace: "apex",
 *     application: "/processes/vegetation-index",
 *   },
 *   parameters: { bbox: [12, 41, 13, 42] },
 *   format: "geojson",
 * });
 * const answer = await fetch(`${sandbox.url}/unit_jobs`, { method: "POST", headers, body });
 * const { id, status } = await answer.json();
 * assertEquals(status, "created");
 *
 * clock.advance(60_000);
 * const job = await (await fetch(`${sandbox.url}/unit_jobs/${id}`, { headers })).json();
 * assertEquals(job.status, "finished");
 * ```
 */
export function startSandbox(options: SandboxOptions = {}): Sandbox {
  const { port = 0, clock = systemClock, signal } = options;
  const given = Object.entries(options.tokens ?? TOKENS);
  signal?.throwIfAborted();
  const tokens = tokenBook(given);
  const [token, user] = given[0] ?? [tokens.issue("ada", Infinity), "ada"];
  const otherToken = given.find(([, owner]) => owner !== user)?.[0] ??
    tokens.issue(user === "ben" ? "ada" : "ben", Infinity);
  const ending = new AbortController();
  const origin = () => `http://${LOOPBACK}:${server.port}`;
  const issuer = () => `${origin()}/sandbox/identity`;
  const identity = identityProvider({ user, clock, tokens, issuer });
  identity.configure(options.identity ?? {});
  const world: World = {
    state: emptyState(),
    clock,
    pace: { ...DEFAULT_PACE, ...options.pace },
    tokens,
    services: [...options.services ?? [], ...BUILT_IN_SERVICES],
    outcome: options.outcome ?? (() => "finished"),
    lenient: options.lenient ?? false,
    statusTime: options.statusTime ?? 0,
    linkLife: options.linkLife ?? WEEK,
    identity,
    issuer,
    signal: ending.signal,
  };
  const { state } = world;
  const faults = faultBox();
  const server = startServer(port, (serving) =>
    createApp({
      world,
      faults,
      origins: options.origins ?? ["http://localhost:5173"],
      newId: options.newId ?? (() => crypto.randomUUID()),
      ...serving,
    }));
  let closing: Promise<void> | undefined;
  const onAbort = () => void close();
  function close(): Promise<void> {
    signal?.removeEventListener("abort", onAbort);
    ending.abort();
    return closing ??= server.close();
  }
  signal?.addEventListener("abort", onAbort);

  return {
    url: origin(),
    token,
    otherToken,
    issuer: issuer(),
    clientId: CLIENT_ID,
    identity: controlOf(identity),
    catalogue: origin() + CATALOGUE_PATH,
    faults,
    clock,
    requests: state.requests,
    streams: state.streams,
    get platformJobs() {
      makeDueJobs(world);
      return [...state.platformJobs.values()];
    },
    issueToken: ({ user: owner = user, expiresIn = Infinity } = {}) =>
      tokens.issue(owner, clock.now() + expiresIn),
    expireToken: (expired) => tokens.expire(expired, clock.now()),
    setStatus(jobId, status) {
      makeDueJobs(world);
      const job = state.jobs.get(jobId);
      if (job === undefined) {
        throw new DispatchError(
          `Cannot set the status of job ${jobId}: the sandbox has no such job`,
        );
      }
      job.course = { ...job.course, set: { status, at: clock.now() } };
    },
    setLinked(linked, { user: owner = user } = {}) {
      makeDueJobs(world);
      if (linked) state.unlinked.delete(owner);
      else state.unlinked.add(owner);
    },
    setJobLimit(limit = Infinity) {
      makeDueJobs(world);
      state.jobLimit = limit;
    },
    setDatabaseFailure(message) {
      makeDueJobs(world);
      state.databaseFailure = message;
    },
    async restart({ downtime = 0, killed = false } = {}) {
      makeDueJobs(world);
      stopMakingJobs(world);
      if (killed) {
        state.life++;
        state.late.length = 0;
      }
      await server.restart(downtime);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
