import { extentOf } from "../../../geo/extent_of.ts";
import { type Footprints, type FootprintSource, geometriesOf } from "../../../geo/geometries_of.ts";
import { clean } from "../../../core/clean.ts";
import type { Block } from "../../render/document.ts";
import type { FootprintsOptions } from "./footprints.ts";
import type { Atlas } from "../../../map/coast/atlas.ts";
import { layersOf } from "../../../map/marks/layers.ts";
import type { LegendEntry } from "../../../map/marks/legend.ts";
import { lookOf } from "../../../map/marks/marks.ts";
import { projectionFor } from "../../../map/projection.ts";
import { boxOf, shapeOf } from "../../../map/marks/shapes.ts";
import { drawMap } from "../../../map/svg.ts";
import { viewOf } from "../../../map/view.ts";
import { amountOf, withoutPlace, wordsOf } from "../../../map/words.ts";
import { STATUS_ORDER } from "../../../map/status.ts";
import { shorten } from "../../../core/width.ts";

/** How the block of a map is made. */
export interface MapBlockOptions extends FootprintsOptions {
  /**
   * The coasts. Without them the map has neither coasts nor a globe.
   *
   * @default none
   */
  readonly atlas?: Atlas | undefined;
}

const MOST_TITLE = 80;
const MOST_OTHERS = 3;

/** The block of a map of footprints: the picture, or a note where there is nothing to be seen. */
export function mapBlock(
  source: FootprintSource,
  { dimension, title, atlas }: MapBlockOptions = {},
): Block {
  const found = geometriesOf(source, dimension);
  const extent = extentOf(found.placed.map(({ geometry }) => geometry));
  const heading = shorten(clean(title ?? ""), MOST_TITLE) || undefined;
  const words = wordsOf(found, extent, heading);
  if (extent === undefined) return { kind: "note", tone: "plain", lines: [words] };

  const projection = projectionFor(extent);
  const shapes = found.placed.map((footprint) => shapeOf(footprint, projection));
  const view = viewOf(boxOf(shapes), projection, shapes.length);
  const layers = layersOf(shapes, view);
  const { text, width } = drawMap({
    view,
    layers,
    atlas,
    amount: amountOf(found),
    entries: entriesOf(found),
    notes: [
      withoutPlace(found.missing),
      layers.hidden === 0 ? undefined : `${layers.hidden} under others`,
    ].filter((note) => note !== undefined),
    title: heading,
  });
  const src = `data:image/svg+xml;base64,${new TextEncoder().encode(text).toBase64()}`;
  return { kind: "picture", alt: words, src, width };
}

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

/** The title of a task, from data of any kind. */
