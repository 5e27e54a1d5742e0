import { pictureUrl } from "../../../map/xml.ts";
import { clean } from "../../../core/redact.ts";
import { finish } from "../../../core/waiting.ts";
import { shorten } from "../../../core/width.ts";
import { extentOf } from "../../../geo/extent.ts";
import {
  type Footprints,
  type FootprintSource,
  geometriesInTurns,
} from "../../../geo/geometries_of.ts";
import type { Atlas } from "../../../map/coast/atlas.ts";
import { layersOf } from "../../../map/marks/layers.ts";
import type { LegendEntry } from "../../../map/marks/legend.ts";
import { lookOf, STATUS_ORDER } from "../../../map/status.ts";
import { planeBoxOf, type Shape, shapeOf } from "../../../map/marks/shapes.ts";
import { projectionFor } from "../../../map/projection.ts";
import { drawMap } from "../../../map/svg.ts";
import { COMPACT, viewOf, WHOLE } from "../../../map/view.ts";
import { amountOf, withoutPlace, wordsOf } from "../../../map/words.ts";
import type { Block } from "../../render/document.ts";

/** How a map of footprints is made. */
export interface FootprintsOptions {
  /**
   * The parameter of the jobs that says where they work, such as the dimension of their task.
   *
   * @default the first of `spatial_extent`, `bbox`, `geometry`, `aoi`, or any other, that holds a place
   */
  readonly dimension?: string | undefined;
  /**
   * What stands above the map.
   *
   * @default the title of a task, else nothing
   */
  readonly title?: string | undefined;
}

/** How the block of a map is made. */
export interface MapBlockOptions extends FootprintsOptions {
  /**
   * The coasts. Without them the map has neither coasts nor a globe.
   *
   * @default none
   */
  readonly atlas?: Atlas | undefined;
  /**
   * Whether the map stands among other things that tell the figures: it is at most 240 pixels high, and tells none.
   *
   * @default {false}
   */
  readonly compact?: boolean | undefined;
}

const MOST_TITLE = 80;
const MOST_OTHERS = 3;

/** The most characters of the paths of a compact picture. */
const COMPACT_PATHS = 9_000;

/** The block of a map of footprints: the picture, or a note where there is nothing to be seen. */
export function mapBlock(source: FootprintSource, options: MapBlockOptions = {}): Block {
  return finish(mapBlockInTurns(source, options));
}

/** The same, with stops in between: a million points take more than a moment. */
export function* mapBlockInTurns(
  source: FootprintSource,
  { dimension, title, atlas, compact = false }: MapBlockOptions = {},
): Generator<void, Block> {
  const found = yield* geometriesInTurns(source, dimension);
  const extent = extentOf(found.placed.map(({ geometry }) => geometry));
  yield;
  const heading = shorten(clean(title ?? ""), MOST_TITLE) || undefined;
  const words = wordsOf(found, extent, heading);
  if (extent === undefined) return { kind: "note", tone: "plain", lines: [words] };

  const projection = projectionFor(extent);
  const shapes: Shape[] = [];
  for (const footprint of found.placed) {
    shapes.push(shapeOf(footprint, projection));
    if (shapes.length % TURN === 0) yield;
  }
  const view = viewOf(planeBoxOf(shapes), projection, shapes.length, compact ? COMPACT : WHOLE);
  yield;
  const layers = layersOf(shapes, view, compact ? COMPACT_PATHS : undefined);
  yield;
  const { text, width } = drawMap({
    view,
    layers,
    atlas,
    amount: compact ? undefined : amountOf(found),
    entries: entriesOf(found),
    notes: [
      withoutPlace(found.missing),
      layers.hidden === 0 ? undefined : `${layers.hidden} under others`,
    ].filter((note) => note !== undefined),
    title: heading,
  });
  const src = pictureUrl("svg+xml", text);
  return { kind: "picture", alt: words, src, width };
}

/** So many footprints are placed without a stop. */
const TURN = 4_096;

/** The rows of the legend: known statuses, the commonest of the others, and what has none beside these. */
function entriesOf({ counts, placed }: Footprints): LegendEntry[] {
  const known = STATUS_ORDER.filter((status) => counts.has(status));
  const others = [...counts.keys()].filter((status) => !STATUS_ORDER.includes(status))
    .sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const entries = [...known, ...others.slice(0, MOST_OTHERS)].map((status): LegendEntry => ({
    look: lookOf(status),
    text: status,
    amount: counts.get(status) ?? 0,
  }));
  const rest = others.slice(MOST_OTHERS).reduce(
    (sum, status) => sum + (counts.get(status) ?? 0),
    0,
  );
  if (rest > 0) entries.push({ look: lookOf(others[MOST_OTHERS]), text: "other", amount: rest });
  const plain = placed.filter(({ status }) => status === undefined).length;
  if (plain > 0 && counts.size > 0) {
    entries.push({ look: lookOf(undefined), text: "no status", amount: plain });
  }
  return entries;
}
