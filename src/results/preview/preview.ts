import { orDispatchErrorLater } from "../../core/dispatch_error.ts";
import { loadAtlasIfThere } from "../../map/coast/atlas.ts";
import { isObject } from "../../core/objects.ts";
import { count } from "../../core/units.ts";
import { showAs } from "../../display/render/attach.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { checkOptions } from "../../models/schema/options.ts";
import type { Asset, Collection } from "../../models/stac/stac.ts";
import type { UpscalingTask } from "../../models/upscaling.ts";
import { planFiles } from "../download/plan/plan.ts";
import { readDocument } from "../download/plan/read_document.ts";
import {
  type FileKind,
  type FileSource,
  type InputFile,
  inputFile,
  isCollection,
  kindOfName,
} from "../input.ts";
import { PALETTES } from "../raster/colours.ts";
import { ResultsError } from "../results_error.ts";
import type { Picture } from "./raster_picture.ts";
import { type NamedResults, resultsOfTask, showSeveral } from "./several/several.ts";
import { pictured, type PreviewOptions, showFile, type Shown } from "./show_file.ts";

/** What can be shown: results, those of several jobs or of a task as one picture, or a file of whatever kind. */
export type Previewable =
  | Collection
  | FileSource
  | null
  | readonly (Collection | null)[]
  | Pick<UpscalingTask, "id" | "jobs">;

/** Results as pictures: it shows itself, and holds what is known of each. */
export interface Preview {
  /** One for each file that can be drawn; a list or a task has one of all of it together. */
  readonly pictures: readonly Picture[];
  /** What could not be shown, and why. */
  readonly problems: readonly { readonly name: string; readonly reason: string }[];
  /** What there is besides, and was not shown. */
  readonly others: readonly string[];
}

/** How many assets are shown. */
const MOST_ASSETS = 4;

/** What can be shown, by the first that are looked at. */
const SHOWN: ReadonlySet<FileKind> = new Set([
  "tiff",
  "hdf5",
  "netcdf3",
  "parquet",
  "json",
  "png",
  "jpeg",
  "text",
]);

/**
 * Shows results as pictures in the cell: rasters on a map with what their colours mean, shapes coloured by a value,
 * cubes layer by layer, time series as charts, tables as tables. Of rasters on the web the overview that fits is read by
 * range requests, and no more than the budget.
 *
 * @example A raster from its bytes
 * ```ts
 * import { preview } from "@apex-dispatch/client/results";
 * import { AuthenticatedClient } from "@apex-dispatch/client";
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
 * const results = await client.unitJobs.results(job);
 * const shown = await preview(results); // the last line of a cell: a picture
 * assert(shown.pictures.length > 0);
 * ```
 *
 * A task whose jobs have finished, or a list of results, is one map: the rasters beside each other, with one range of
 * colours for all. At most 100 of them, and of all of them together no more than the budget.
 *
 * @param source what `client.unitJobs.results(job)` gave, a list of those, a task (with `client`), an asset, a downloaded
 * file, a path, a URL, bytes, or what `createSync` brought.
 * @throws {ResultsError} if nothing of it can be shown.
 */
export async function preview(
  source: Previewable,
  options: PreviewOptions = {},
): Promise<Preview> {
  return await orDispatchErrorLater(
    "Cannot show the results",
    options,
    () => previewOf(source, options),
  );
}

async function previewOf(
  source: Previewable,
  options: PreviewOptions,
): Promise<Preview> {
  checkOptions("Cannot show the results", options, {
    band: "any",
    bands: "object",
    range: "object",
    palette: PALETTES,
    by: "string",
    maxBytes: "number",
    width: "number",
    client: "object",
    signal: "signal",
    fetch: "function",
  });
  if (source === null) {
    throw new ResultsError("Cannot show the results: the service gives none", {
      reason: "nothing",
    });
  }
  const atlas = await loadAtlasIfThere();
  if (isList(source) || isTask(source)) {
    const all = isTask(source)
      ? await resultsOfTask(source, options.client, options.signal)
      : namedIn(source);
    const { picture, problems, others } = await showSeveral(all, options, atlas);
    const value: Preview = { pictures: [picture], problems, others };
    return showAs(value, () => previewView([pictured(picture)], value));
  }
  const shown: Shown[] = [];
  const problems: { name: string; reason: string }[] = [];
  const { inputs, others } = isCollection(source)
    ? inputsIn(await filesOf(source, options))
    : { inputs: [inputFile(source)], others: [] };
  for (const input of inputs) {
    try {
      shown.push(await showFile(input, options, atlas));
    } catch (error) {
      options.signal?.throwIfAborted();
      if (inputs.length === 1 || !(error instanceof ResultsError)) throw error;
      problems.push({ name: input.name, reason: error.message.replace(/^Cannot [^:]*: /, "") });
    }
  }
  const [problem] = problems;
  if (shown.length === 0) {
    throw new ResultsError(
      problem === undefined
        ? "Cannot show the results: they name no files\n  What to do: look at the job on the platform"
        : `Cannot show ${problem.name}: ${problem.reason}`,
      { reason: problem === undefined ? "nothing" : "unsupported" },
    );
  }
  const value: Preview = {
    pictures: shown.flatMap(({ picture }) => picture ?? []),
    problems,
    others,
  };
  return showAs(value, () => previewView(shown, value));
}

function isList(source: Previewable): source is readonly (Collection | null)[] {
  return Array.isArray(source) && source.every((one) => one === null || isCollection(one));
}

function isTask(source: Previewable): source is Pick<UpscalingTask, "id" | "jobs"> {
  return isObject(source) && "jobs" in source && Array.isArray(source.jobs);
}

function namedIn(source: readonly (Collection | null)[]): readonly NamedResults[] {
  return source.map((results, index) => ({
    name: results?.title ?? results?.id ?? `results ${index + 1}`,
    results,
  }));
}

/** How many items are looked into where the results have no files of their own. */
const MOST_ITEMS = MOST_ASSETS;

/** The files of results by their names: their own, else those of the first items that they link to. */
async function filesOf(
  collection: Collection,
  { fetch: send = fetch, signal = new AbortController().signal }: PreviewOptions,
): Promise<NamedFiles> {
  const own = Object.entries(collection.assets ?? {});
  const items = collection.links.filter(({ rel }) => rel === "item" || rel === "items");
  if (own.length > 0 || items.length === 0) return { files: own, more: [] };
  const links = collection.links.filter((link) =>
    !items.includes(link) || items.indexOf(link) < MOST_ITEMS
  );
  const { documents } = await planFiles({ ...collection, links }, {
    only: undefined,
    folders: [],
    resolve: undefined,
    readDocument: (address) => readDocument(address, { fetch: send, signal }),
  });
  const found = documents.flatMap(({ folders: [folder = ""], value: { assets }, files }) =>
    [...files].map(([key, { address: href }]) => {
      const told = isObject(assets) ? assets[key] : undefined;
      const roles = isObject(told) && Array.isArray(told.roles)
        ? told.roles.filter((role) => typeof role === "string")
        : [];
      const type = files.get(key)?.type ?? null;
      return [`${folder}/${key}`, { href, type, roles }] as const;
    })
  );
  const more = items.slice(MOST_ITEMS).map(({ title }, at) =>
    title ?? `item ${MOST_ITEMS + at + 1}`
  );
  return { files: found, more };
}

interface NamedFiles {
  readonly files: readonly (readonly [string, Asset])[];
  /** What was not looked into. */
  readonly more: readonly string[];
}

/** The assets that can be shown, data before thumbnails, and the names of the rest. */
function inputsIn(
  { files, more }: NamedFiles,
): { readonly inputs: readonly InputFile[]; readonly others: readonly string[] } {
  const inputs: InputFile[] = [];
  const others: string[] = [];
  const entries = [...files].sort(([, a], [, b]) => rankOf(a.roles) - rankOf(b.roles));
  for (const [key, asset] of entries) {
    const isWeb = /^https?:/i.test(asset.href);
    const input = isWeb ? inputFile(asset, key) : undefined;
    if (input !== undefined && inputs.length < MOST_ASSETS && SHOWN.has(kindOfName(input))) {
      inputs.push(input);
    } else others.push(key);
  }
  return { inputs, others: [...others, ...more] };
}

function rankOf(roles: readonly string[] | null | undefined): number {
  if (roles?.includes("data")) return 0;
  return roles?.some((role) => role === "thumbnail" || role === "overview" || role === "metadata")
    ? 2
    : 1;
}

function previewView(shown: readonly Shown[], { problems, others }: Preview): Displayable {
  return displayable(() => [
    ...shown.flatMap(({ blocks }) => blocks),
    ...(problems.length === 0 ? [] : [
      {
        kind: "note",
        tone: "warning",
        lines: problems.map(({ name, reason }) => `${name}: ${reason}`),
      } as const,
    ]),
    ...(others.length === 0 ? [] : [
      {
        kind: "note",
        tone: "plain",
        lines: [
          `${count(others.length, "more file")}: ${others.slice(0, 12).join(", ")}${
            others.length > 12 ? ", …" : ""
          }`,
        ],
      } as const,
    ]),
  ]);
}
