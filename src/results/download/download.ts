import { orDispatchErrorLater } from "../../core/dispatch_error.ts";
import { type Clock, systemClock } from "../../core/waiting.ts";
import { abortError } from "../../core/stack.ts";
import { count } from "../../core/units.ts";
import { type Screen, screenAtHand } from "../../display/follow/screen.ts";
import { onStop } from "../../display/follow/stop.ts";
import { showAs } from "../../display/render/attach.ts";
import { checkOptions } from "../../models/schema/options.ts";
import type { Collection } from "../../models/stac/stac.ts";
import { ResultsError } from "../results_error.ts";
import { bringHome } from "./bring_home.ts";
import { writeDocument } from "./collection_file.ts";
import { diskError } from "./disk_error.ts";
import { type DownloadedFile, filesView } from "./files_view.ts";
import { patternsIn } from "./plan/names.ts";
import { type Plan, planFiles, type PlanOptions } from "./plan/plan.ts";
import { type DownloadProgress, keepProgress } from "./progress.ts";
import { readDocument } from "./plan/read_document.ts";
import {
  type Downloadable,
  type ResultsClient,
  type ResultsSource,
  sourcesOf,
} from "./plan/sources.ts";

/** How results are brought home. */
export interface DownloadOptions {
  /**
   * Which files are wanted, by their names or keys: `["*.tif"]`. `*` is any text, `?` any character, `[0-9]` one of
   * several, `{tif,nc}` one of several texts.
   *
   * @default all
   */
  readonly only?: string | readonly string[] | undefined;
  /**
   * How many files are fetched at once.
   *
   * @default {3}
   */
  readonly concurrency?: number | undefined;
  /**
   * Whether to go on with the parts of an earlier download.
   *
   * @default {true}
   */
  readonly resume?: boolean | undefined;
  /**
   * Whether a file of that name that is another one is replaced.
   *
   * @default {false}
   */
  readonly overwrite?: boolean | undefined;
  /** Gives up at once when it aborts; what is there stays, and the same call goes on. @default none */
  readonly signal?: AbortSignal | undefined;
  /** Is told how far it is, at most once a second. @default none */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /**
   * Asks for the results again when their addresses have ended; of a job and a task that is known.
   *
   * @default asks the client, at most once in ten minutes
   */
  readonly renew?: (() => PromiseLike<Collection | null>) | undefined;
  /**
   * Turns an address that cannot be fetched, such as `s3://bucket/key`, into one that can.
   *
   * @default none
   */
  readonly resolve?: ((address: string) => string | URL | undefined) | undefined;
  /**
   * What sends requests; it is given neither token nor cookie of the client.
   *
   * @default {globalThis.fetch}
   */
  readonly fetch?: typeof fetch | undefined;
  /**
   * Where progress is shown; `false` for nowhere.
   *
   * @default the notebook's output, the terminal's last line, or a log
   */
  readonly screen?: Screen | false | undefined;
  /**
   * What tells the time and waits, for tests.
   *
   * @default {systemClock}
   */
  readonly clock?: Clock | undefined;
}

/**
 * Brings results home: the files of a job, of each finished job of a task (a folder each), or of a Collection, and at
 * last `collection.json` with the addresses of the local files. A file has its name only when it is whole and checked;
 * until then it is `name.part`. Stop, a lost connection or a killed kernel lose nothing: the same call goes on.
 *
 * Needs the permission to reach the files' host and to read and write the folder. The client's token goes to no file's
 * host.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient } from "@apex-dispatch/client";
 * import { download } from "@apex-dispatch/client/results";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assert } from "@std/assert";
 *
 * await using sandbox = startSandbox({ pace: { created: 0, queued: 0, running: 0 } });
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
 * const job = await client.unitJobs.create({
 *   title: "Vegetation index",
 *   label: "ogc_api_process",
 *   service: {
 *     endpoint: "https://processes.example.test",
 *     application: "/processes/vegetation-index",
 *     namespace: "apex",
 *   },
 *   parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
 *   format: "geojson",
 * });
 * await client.unitJobs.wait(job);
 *
 * const folder = await Deno.makeTempDir();
 * const files = await download(client, job, folder, { only: ["*.tif"] });
 * assert(files.every(({ name, size }) => name.endsWith(".tif") && size > 0));
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @throws {ResultsError} that names every file that could not be brought; the others are there.
 */
export async function download(
  client: ResultsClient,
  what: Downloadable,
  folder: string,
  options: DownloadOptions = {},
): Promise<readonly DownloadedFile[]> {
  return await orDispatchErrorLater(
    HEADLINE,
    options,
    () => downloadAll(client, what, folder, options),
  );
}

const HEADLINE = "Cannot download the results";

async function downloadAll(
  client: ResultsClient,
  what: Downloadable,
  folder: string,
  options: DownloadOptions,
): Promise<readonly DownloadedFile[]> {
  checkOptions(HEADLINE, options, {
    only: "any",
    concurrency: "number",
    resume: "boolean",
    overwrite: "boolean",
    signal: "signal",
    onProgress: "function",
    renew: "function",
    resolve: "function",
    fetch: "function",
    screen: "any",
    clock: "object",
  });
  if (typeof folder !== "string" || folder === "") {
    throw new ResultsError(`${HEADLINE}: name the folder to put them in, such as "out/"`, {
      reason: "invalid",
    });
  }
  const { signal, clock = systemClock, fetch: send = fetch, onProgress } = options;
  const only = patternsIn(options.only);
  const { concurrency = 3 } = options;
  if (!(concurrency >= 1)) {
    throw new ResultsError(`${HEADLINE}: concurrency is 1 or more, got ${concurrency}`, {
      reason: "invalid",
    });
  }
  signal?.throwIfAborted();
  const stopping = new AbortController();
  const stopped = abortError("Stopped downloading");
  const release = onStop(() => stopping.abort(stopped));
  const either = signal === undefined
    ? stopping.signal
    : AbortSignal.any([signal, stopping.signal]);
  try {
    const { renew, resolve } = options;
    const { sources, failures } = await sourcesOf(
      client,
      what,
      { renew, clock, resolve },
      either,
    );
    const plans: SourcePlan[] = [];
    for (const source of sources) {
      plans.push({ ...source, plan: await planOf(source, { only, resolve }, send, either) });
    }
    const files = plans.flatMap(({ plan, ...source }) =>
      plan.documents.flatMap((document) =>
        [...document.files.values()].map((file) => ({ file, source }))
      )
    );
    const skipped = plans.flatMap(({ plan }) => plan.skipped);
    if (files.length === 0) throw failures[0] ?? nothingToFetch(skipped, only);
    const screen = options.screen === false ? undefined : options.screen ?? screenAtHand();
    const progress = keepProgress(files.map(({ file }) => file), { screen, clock, onProgress });
    let ended = false;
    try {
      const home = await bringHome(files, folder, {
        fetch: send,
        clock,
        progress,
        concurrency,
        resume: options.resume ?? true,
        overwrite: options.overwrite ?? false,
        signal: either,
      });
      try {
        for (const { plan } of plans) {
          // The Collection comes last, and names those before it.
          for (const [at, document] of plan.documents.entries()) {
            const items = at === plan.documents.length - 1 ? plan.documents.slice(0, at) : [];
            await writeDocument(folder, document, home.files, items);
          }
        }
      } catch (error) {
        // What kept the files from coming keeps this one too, and is said of them.
        if (home.failures.length === 0) throw diskError("collection.json", error) ?? error;
      }
      ended = true;
      const all = [...failures, ...home.failures];
      if (all.length > 0) throw partly(all, files.length + failures.length);
      return showAs(
        [...home.files.values()],
        (value) => filesView(value, { folder, skipped }),
      );
    } finally {
      await progress.close(!ended);
    }
  } finally {
    release();
  }
}

interface SourcePlan extends ResultsSource {
  readonly plan: Plan;
}

async function planOf(
  { collection, folders }: ResultsSource,
  { only, resolve }: Pick<PlanOptions, "only" | "resolve">,
  send: typeof fetch,
  signal: AbortSignal,
): Promise<Plan> {
  return await planFiles(collection, {
    only,
    folders,
    resolve,
    readDocument: (address) => readDocument(address, { fetch: send, signal }),
  });
}

function nothingToFetch(
  skipped: Plan["skipped"],
  only: readonly string[] | undefined,
): ResultsError {
  const [first] = skipped;
  if (first !== undefined) {
    return new ResultsError(
      `Cannot download the results: ${first.key} cannot be fetched, ${first.why}${
        skipped.length > 1 ? `; nor can ${skipped.length - 1} more` : ""
      }`,
      { reason: "unsupported" },
    );
  }
  return new ResultsError(
    only === undefined
      ? "Cannot download the results: they name no files\n  What to do: look at the job on the platform: some services hand out none"
      : `Cannot download the results: no file is called ${
        only.map((one) => JSON.stringify(one)).join(" or ")
      }`,
    { reason: "nothing" },
  );
}

function partly(failures: readonly ResultsError[], all: number): ResultsError {
  const [first] = failures;
  if (first !== undefined && all === 1) return first;
  return new ResultsError(
    `${failures.length} of ${count(all, "file")} could not be downloaded; the others are there\n  ${
      failures.slice(0, 10).map(({ message }) => message.replaceAll("\n", "\n  ")).join("\n  ")
    }${failures.length > 10 ? `\n  and ${failures.length - 10} more` : ""}`,
    { reason: first?.reason ?? "unreachable", failures },
  );
}
