import { count } from "../../core/units.ts";
import type { Atlas } from "../../map/coast/atlas.ts";
import type { ProcessingJobSummary } from "../../models/jobs.ts";
import type { Asset, Collection } from "../../models/stac/stac.ts";
import type { ResultsClient } from "../download/plan/sources.ts";
import { inputFile, kindOfName } from "../input.ts";
import { openRaster } from "../raster/raster_file.ts";
import { ResultsError } from "../results_error.ts";
import { mosaicPicture, type MosaicTile } from "./mosaic.ts";
import type { Picture } from "./raster_picture.ts";
import type { PreviewOptions } from "./show_file.ts";

/** Results, and what they are called. */
export interface NamedResults {
  /** What they are called, such as `job 7`. */
  readonly name: string;
  /** The results; null where the service gives none. */
  readonly results: Collection | null;
}

/** Several results as one picture. */
export interface SeveralShown {
  /** The picture. */
  readonly picture: Picture;
  /** What is not in it, and why. */
  readonly problems: readonly { readonly name: string; readonly reason: string }[];
  /** What there is besides. */
  readonly others: readonly string[];
}

/** How many are drawn as one: more of them are smaller than can be told apart. */
const MOST_TILES = 100;

/** The results of the finished jobs of a task: one after the other, as the service asks its platforms. */
export async function resultsOfTask(
  { id, jobs }: {
    readonly id: number;
    readonly jobs: readonly Pick<ProcessingJobSummary, "id" | "status">[];
  },
  client: ResultsClient | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly NamedResults[]> {
  if (client === undefined) {
    throw new ResultsError(
      `Cannot show the results of task ${id}: nobody can be asked for them\n` +
        "  What to do: give the client too, preview(task, { client })",
      { reason: "invalid" },
    );
  }
  const finished = jobs.filter(({ status }) => status === "finished");
  if (finished.length === 0) {
    throw new ResultsError(
      `Cannot show the results of task ${id}: none of its ${
        count(jobs.length, "job")
      } is finished\n` +
        "  What to do: wait for it, await client.upscaleTasks.wait(task)",
      { reason: "nothing" },
    );
  }
  const named: NamedResults[] = [];
  for (const job of finished.slice(0, MOST_TILES)) {
    const results = await client.unitJobs.results(job, signal === undefined ? {} : { signal });
    named.push({ name: `job ${job.id}`, results });
  }
  return [
    ...named,
    ...finished.slice(MOST_TILES).map((job) => ({ name: `job ${job.id}`, results: null })),
  ];
}

/** Shows the rasters of several results in one frame: of each the one that has the name of the first one's first. */
export async function showSeveral(
  all: readonly NamedResults[],
  options: PreviewOptions,
  atlas: Atlas | undefined,
): Promise<SeveralShown> {
  const { fetch: send = fetch, maxBytes = BUDGET, signal, width = 640, palette = "viridis" } =
    options;
  const { band, bands, range } = options;
  const problems: { name: string; reason: string }[] = [];
  const what = keyIn(all);
  const wanted = all.slice(0, MOST_TILES).flatMap(({ name, results }) => {
    const found = rasterIn(results, what);
    if (found === undefined) problems.push({ name, reason: "there is no raster among its files" });
    return found === undefined ? [] : [{ name, address: found.href }];
  });
  if (what === undefined) {
    throw new ResultsError(
      "Cannot show the results as one picture: there is no raster among their files\n" +
        "  What to do: show them one by one, preview(results)",
      { reason: "nothing" },
    );
  }
  const tiles = wanted.map(({ name, address }): MosaicTile => ({
    name,
    open: () => openRaster(address, { fetch: send, maxBytes, signal }),
  }));
  const { picture, problems: undrawn } = await mosaicPicture(tiles, {
    band,
    bands,
    range,
    palette,
    width,
    atlas,
    maxBytes,
    signal,
    title: (drawn) => `${what} of ${count(drawn, "result")}`,
  });
  problems.push(...undrawn.map(({ name, error }) => ({ name, reason: reasonOf(error) })));
  const others = new Set(all.flatMap(({ results }) => Object.keys(results?.assets ?? {})));
  others.delete(what);
  return {
    picture,
    problems,
    others: [
      ...others,
      ...all.slice(MOST_TILES).map(({ name }) => name),
    ],
  };
}

/** The same as that of one file: a map of many tiles reads no more. */
const BUDGET = 16_777_216;

function keyIn(all: readonly NamedResults[]): string | undefined {
  for (const { results } of all) {
    const found = Object.entries(results?.assets ?? {}).find(isRaster);
    if (found !== undefined) return found[0];
  }
  return undefined;
}

function rasterIn(results: Collection | null, key: string | undefined): Asset | undefined {
  const rasters = Object.entries(results?.assets ?? {}).filter(isRaster);
  return (rasters.find(([one]) => one === key) ?? rasters[0])?.[1];
}

function isRaster([name, asset]: readonly [string, Asset]): boolean {
  return /^https?:/i.test(asset.href) && kindOfName(inputFile(asset, name)) === "tiff";
}

function reasonOf({ message }: ResultsError): string {
  return message.replace(/^Cannot [^:]*: /, "");
}
