import { DispatchError } from "../../../core/dispatch_error.ts";
import { count } from "../../../core/units.ts";
import type { Atlas } from "../../../map/coast/atlas.ts";
import type { ProcessingJobSummary } from "../../../models/jobs.ts";
import type { Collection } from "../../../models/stac/stac.ts";
import type { ResultsClient } from "../../download/plan/sources.ts";
import { inputFile } from "../../input.ts";
import { ResultsError } from "../../results_error.ts";
import type { ValuedShape } from "../../tables/geojson.ts";
import { shapesPicture } from "../shapes.ts";
import { mosaicPicture, type MosaicTile } from "./mosaic.ts";
import type { Picture } from "../raster_picture.ts";
import { assetOf, firstShown, openTile, shapesOfTile, type Tile, type TileKind } from "./tiles.ts";
import { type PreviewOptions, withDefaults } from "../show_file.ts";

/** Results, and what they are called. */
export interface NamedResults {
  /** What they are called, such as `job 7`. */
  readonly name: string;
  /** The results; null where the service gives none. */
  readonly results: Collection | null;
  /** Why there are none, where that is known. */
  readonly problem?: string;
}

/** Several results as one picture. */
export interface SeveralShown {
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
    const name = `job ${job.id}`;
    try {
      const results = await client.unitJobs.results(job, signal === undefined ? {} : { signal });
      named.push({ name, results });
    } catch (error) {
      signal?.throwIfAborted();
      // One of a hundred keeps no other from being seen.
      if (!(error instanceof DispatchError) || finished.length === 1) throw error;
      named.push({ name, results: null, problem: reasonOf(error) });
    }
  }
  return [
    ...named,
    ...finished.slice(MOST_TILES).map((job) => ({ name: `job ${job.id}`, results: null })),
  ];
}

/** Shows several results in one frame: of each the file that has the name of the first one's first. */
export async function showSeveral(
  all: readonly NamedResults[],
  options: PreviewOptions,
  atlas: Atlas | undefined,
): Promise<SeveralShown> {
  const problems: { name: string; reason: string }[] = [];
  const found = firstShown(all);
  if (found === undefined) {
    throw new ResultsError(
      "Cannot show the results as one picture: there is neither a raster nor a cube nor shapes among their files\n" +
        "  What to do: show them one by one, preview(results)",
      { reason: "nothing" },
    );
  }
  const { key: what, kind } = found;
  const tiles = all.slice(0, MOST_TILES).flatMap(({ name, results, problem }): Tile[] => {
    const asset = assetOf(results, found);
    if (asset === undefined) {
      problems.push({ name, reason: problem ?? `there is no ${WORDS[kind]} among its files` });
    }
    return asset === undefined ? [] : [{ name, input: inputFile(asset, what) }];
  });
  const { picture, undrawn } = kind === "shapes"
    ? await shapesTogether(tiles, what, options, atlas)
    : await rastersTogether(tiles, what, options, atlas);
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

interface Together {
  readonly picture: Picture;
  readonly undrawn: readonly { readonly name: string; readonly error: ResultsError }[];
}

/** Rasters by the pieces that are wanted of each; of cubes the first layer. */
async function rastersTogether(
  tiles: readonly Tile[],
  what: string,
  options: PreviewOptions,
  atlas: Atlas | undefined,
): Promise<Together> {
  const { fetch: send, maxBytes, signal, width, palette, band, bands, range } = withDefaults(
    options,
  );
  const reading = { fetch: send, signal, maxBytes };
  const each = tiles.map((tile): MosaicTile => ({
    name: tile.name,
    open: () => openTile(tile, { ...reading, of: tiles.length, band }),
  }));
  const { picture, problems } = await mosaicPicture(each, {
    ...{ band, bands, range, palette, width, atlas, maxBytes, signal },
    title: (drawn) => `${what} of ${count(drawn, "result")}`,
  });
  return { picture, undrawn: problems };
}

/** Shapes with one range of colours for all. */
async function shapesTogether(
  tiles: readonly Tile[],
  what: string,
  options: PreviewOptions,
  atlas: Atlas | undefined,
): Promise<Together> {
  const { fetch: send, maxBytes, signal, width, palette, by, range } = withDefaults(options);
  const shapes: ValuedShape[] = [];
  const undrawn: { name: string; error: ResultsError }[] = [];
  let drawn = 0;
  for (const tile of tiles) {
    signal?.throwIfAborted();
    try {
      shapes.push(
        ...await shapesOfTile(tile, { fetch: send, signal, maxBytes, of: tiles.length }),
      );
      drawn++;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ResultsError)) throw error;
      undrawn.push({ name: tile.name, error });
    }
  }
  if (drawn === 0 && undrawn[0] !== undefined) throw undrawn[0].error;
  const title = `${what} of ${count(drawn, "result")}`;
  const picture = await shapesPicture(shapes, {
    ...{ by, range, palette, width, atlas, title },
    epsg: undefined,
  });
  return { picture, undrawn };
}

const WORDS: Readonly<Record<TileKind, string>> = {
  raster: "raster",
  cube: "cube",
  shapes: "file of shapes",
};

function reasonOf({ message }: DispatchError): string {
  return (message.split("\n")[0] ?? "").replace(/^Cannot [^:]*: /, "");
}
