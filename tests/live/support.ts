import { AuthenticatedClient, type AuthenticatedClientOptions } from "../../mod.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/mod.ts";
import type { Snapshot } from "../../src/models/snapshot.ts";
import type { UpscalingTaskRequest } from "../../src/models/upscaling.ts";
import { roundTrips } from "../support/calm.ts";
import { type ManualClock, manualClock } from "../support/clock.ts";

/** A task of three jobs. */
export const TASK_REQUEST: UpscalingTaskRequest = {
  title: "Tiles",
  label: "openeo",
  service: {
    endpoint: "https://openeo.example.test",
    application: "https://catalogue.example.test/vegetation_index.json",
  },
  parameters: { resolution: 10 },
  format: "gtiff",
  dimension: {
    name: "spatial_extent",
    values: [12, 13, 14].map((west) => ({ west, south: 41, east: west + 1, north: 42 })),
  },
};

/** When every test begins: a quarter past three on 23 November 2026. */
export const BEGIN = Date.parse("2026-11-23T15:15:00Z");

/** The longest that any test waits for something to happen, in milliseconds of real time. */
const LONGEST_WAIT = 60_000;

/** How many round trips nothing may happen for until all are taken to wait for the clock. */
const CALM = 3;

/** How long a watch waits for the first message of a connection: until then it may still be in the making. */
const FIRST_WORD = 60_000;

/** A sandbox and a client that live by one clock, which stands still. */
export interface Stage extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly clock: ManualClock;
  readonly client: AuthenticatedClient;
  /** Another client of the same sandbox. */
  clientWith(options: Partial<AuthenticatedClientOptions>): AuthenticatedClient;
  /**
   * Lets the clock go on whenever everybody waits for it, until a promise settles.
   *
   * @param step how far at a time, in milliseconds. @default 1000
   */
  drive<T>(promise: Promise<T>, step?: number): Promise<T>;
  /** The same until something holds. */
  driveUntil(holds: () => boolean, step?: number): Promise<void>;
}

/** Sets a stage. Jobs go at once, unless a pace is given. */
export function stage(
  { client: clientOptions, ...options }: Omit<SandboxOptions, "clock"> & {
    readonly client?: Partial<AuthenticatedClientOptions>;
  } = {},
): Stage {
  const clock = manualClock(BEGIN);
  const sandbox = startSandbox({ ...options, clock });
  const clientWith = (more: Partial<AuthenticatedClientOptions>) =>
    new AuthenticatedClient({
      baseUrl: sandbox.url,
      token: sandbox.token,
      clock,
      random: () => 1,
      ...more,
    });
  const activity = () =>
    JSON.stringify([
      clock.waits.length,
      clock.waiting,
      sandbox.requests.map(({ status }) => status ?? 0),
      sandbox.streams.map(({ sent, end }) => [sent, end?.by]),
    ]);
  const trips = roundTrips();
  // What had happened when a whole connection was last made beside those that wait for a first message.
  let connected = "";
  const allWait = async () => {
    for (let calm = 0; calm < CALM;) {
      const before = activity();
      await delay(0);
      await trips.request();
      if (sandbox.streams.some(({ end }) => end === undefined)) await trips.message();
      if (calm === CALM - 1 && connected !== before && clock.isWaiting(FIRST_WORD)) {
        await trips.connection();
        connected = before;
      }
      calm = activity() === before ? calm + 1 : 0;
    }
  };
  const driveUntil = async (holds: () => boolean, step = 1000) => {
    const end = performance.now() + LONGEST_WAIT;
    while (true) {
      await allWait();
      if (holds()) return;
      if (performance.now() > end) throw new Error(`it never came to ${holds}`);
      clock.advance(step);
    }
  };
  return {
    sandbox,
    clock,
    client: clientWith(clientOptions ?? {}),
    clientWith,
    async drive(promise, step) {
      let settled = false;
      const settle = () => void (settled = true);
      promise.then(settle, settle);
      await driveUntil(() => settled, step);
      return await promise;
    },
    driveUntil,
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await trips[Symbol.asyncDispose]();
    },
  };
}

/** Waits, in real time, until something holds; the clock stands still. */
export async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + LONGEST_WAIT;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`it never came to ${holds}`);
    await delay(1);
  }
}

/** All snapshots up to the end. */
export async function collect<T>(watch: AsyncIterable<Snapshot<T>>): Promise<Snapshot<T>[]> {
  const all: Snapshot<T>[] = [];
  for await (const snapshot of watch) all.push(snapshot);
  return all;
}

/** The different problems that snapshots tell of. */
export function problems(snapshots: readonly Snapshot<unknown>[]): string[] {
  return [...new Set(snapshots.flatMap(({ problem }) => problem === undefined ? [] : [problem]))];
}

/** The next snapshot, of which there has to be one. */
export async function nextOf<T>(
  snapshots: AsyncIterator<Snapshot<T>, void>,
): Promise<Snapshot<T>> {
  const { done, value } = await snapshots.next();
  if (done === true || value === undefined) throw new Error("the watch has ended");
  return value;
}

/** The error of a type that a promise is rejected with. */
export async function failureOf<E extends Error>(
  promise: Promise<unknown>,
  type: new (...parameters: never[]) => E,
): Promise<E> {
  const error = await promise.then(() => undefined, (reason: unknown) => reason);
  if (error instanceof type) return error;
  throw new Error(`expected a rejection with ${type.name}`, { cause: error });
}

/** How many requests of an operation have reached the sandbox. */
export function asked({ requests }: Sandbox, operation: string): number {
  return requests.filter((request) => request.operation === operation).length;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
