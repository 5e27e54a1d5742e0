import type { Atlas } from "./coast/atlas.ts";
import { fillDefinitions, fillOf, markScale } from "./marks/fill.ts";
import { locatorOf } from "./coast/locator.ts";
import { type Graticule, graticuleOf, type Label } from "./graticule.ts";
import type { Layer, Layers } from "./marks/layers.ts";
import { type Legend, type LegendEntry, legendOf } from "./marks/legend.ts";
import { drawScaleBar } from "./scale_bar.ts";
import { MAP_STYLE } from "./style.ts";
import type { View } from "./view.ts";
import { inTenths, tenth, xmlText } from "./xml.ts";

/** What a map's picture is made of. */
export interface MapParts {
  /** The part of the world. */
  readonly view: View;
  /** The footprints. */
  readonly layers: Layers;
  /** What stands above the legend: `12 tiles`; nothing where the figures stand elsewhere. */
  readonly amount?: string | undefined;
  /** The legend's rows. */
  readonly entries: readonly LegendEntry[];
  /** What stands below the legend. */
  readonly notes: readonly string[];
  /** What stands above the map. */
  readonly title?: string | undefined;
  /** The coasts; without them neither they nor the globe are drawn. */
  readonly atlas?: Atlas | undefined;
  /** What lies on the ground below the footprints, such as a raster, as part of an SVG in pixels of the map. */
  readonly ground?: string | undefined;
  /** A legend of one's own, in place of the footprints'. */
  readonly legend?: Legend | undefined;
}

/** A picture as the text of an SVG. */
export interface Svg {
  readonly text: string;
  /** The width in pixels. */
  readonly width: number;
}

const MARGIN = { left: 50, top: 8, bottom: 26, gap: 18, right: 12, title: 22 };
/** A map whose meridians bend has longitudes at its right and upper edges too. */
const BENT = { right: 36, top: 10 };
/** The width of the legend, and of what stands beside it where the map is low: the globe, and where that is. */
const SIDE = 138;
const NARROW = 96;
const MOST_TITLE = 80;
/** About how wide a character of a label is. */
const CHARACTER = 6.6;

/** Draws a map: footprints, coasts, coordinates on the edges, a legend and a globe. */
export function drawMap(parts: MapParts): Svg {
  const { view, layers, amount, entries, notes, title, atlas, ground } = parts;
  const isBent = view.projection.kind === "azimuthal";
  const top = MARGIN.top + (title === undefined ? 0 : MARGIN.title) + (isBent ? BENT.top : 0);
  const graticule = graticuleOf(view);
  const left = Math.max(
    MARGIN.left,
    ...graticule.labels.map(({ side, text }) =>
      side === "left" ? Math.ceil(text.length * CHARACTER) + 12 : 0
    ),
  );
  const side = left + view.width + MARGIN.gap + (isBent ? BENT.right : 0);
  const isCompact = amount === undefined;
  const legend = parts.legend ??
    legendOf(entries, layers, { heading: amount, notes, figures: !isCompact });
  const locator = atlas === undefined
    ? { svg: "", height: 0 }
    : locatorOf(view, atlas, { width: SIDE });
  const bar = drawScaleBar(view);
  const told = legend.height + bar.height;
  // A low map has legend and globe side by side.
  const column = isCompact && entries.length > 0 ? NARROW : 0;
  const width = side + column + SIDE + MARGIN.right;
  const body = isCompact
    ? Math.max(view.height, told, locator.height)
    : Math.max(view.height, told + (locator.height === 0 ? 0 : 16 + locator.height));
  const height = top + body + MARGIN.bottom;
  const land = atlas?.land(view);
  const unit = layers.layers[0]?.unit ?? 1;

  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<style>${MAP_STYLE}</style><defs>`,
    `<clipPath id="view"><rect width="${view.width}" height="${view.height}"/></clipPath>`,
    land === undefined ? "" : `<path id="land" d="${land}"/>`,
    fillDefinitions(entries.map(({ look }) => look), { unit, markSize: layers.markSize }),
    `</defs><rect class="ground" width="${width}" height="${height}" rx="5"/>`,
    title === undefined
      ? ""
      : `<text class="b" x="${left}" y="20">${xmlText(title, MOST_TITLE)}</text>`,
    `<g transform="translate(${left} ${top})">`,
    frameOf(view, layers, graticule, { hasLand: land !== undefined, ground }),
    `</g><g transform="translate(${side} ${top})">`,
    legend.svg,
    `<g transform="translate(0 ${legend.height})">${bar.svg}</g>`,
    `</g><g transform="translate(${side + column} ${
      isCompact ? top : top + body - locator.height
    })">`,
    locator.svg,
    `</g></svg>`,
  ].join("");
  return { text, width };
}

function frameOf(
  view: View,
  layers: Layers,
  { lines, labels }: Graticule,
  { hasLand, ground = "" }: { readonly hasLand: boolean; readonly ground: string | undefined },
): string {
  const { width, height } = view;
  const land = (name: string) => hasLand ? inTenths(`<use href="#land" class="${name}"/>`) : "";
  return [
    `<g clip-path="url(#view)">`,
    `<rect class="${hasLand ? "sea" : "paper"}" width="${width}" height="${height}"/>`,
    land("land"),
    ground,
    inTenths(`<path class="line" d="${lines}"/>`),
    ...layers.layers.map((layer) => layerOf(layer, layers)),
    layers.edges === "" ? "" : inTenths(`<path class="edges" d="${layers.edges}"/>`),
    land("coast"),
    `</g><rect class="edge" width="${width}" height="${height}"/>`,
    ...labels.map(labelOf),
  ].join("");
}

function layerOf(
  { look, areas, lines, unit, marks, numbers }: Layer,
  { merged, markSize }: Layers,
): string {
  const fill = fillOf(look, markSize);
  const kind = merged ? "cells" : look.outlined ? "outlined" : "tiles";
  const stroke = look.outlined && !merged ? ` stroke="${look.color}"` : "";
  const scale = markScale(markSize);
  return [
    areas === ""
      ? ""
      : `<g transform="scale(${unit})"><path class="${kind}" ${fill}${stroke} d="${areas}"/></g>`,
    lines === "" ? "" : inTenths(`<path class="lines" stroke="${look.color}" d="${lines}"/>`),
    look.mark === "" || marks.length === 0
      ? ""
      : `<g transform="scale(${scale})">${
        marks.map(([x, y]) =>
          `<use href="#mark-${look.name}" x="${tenth(x / scale)}" y="${tenth(y / scale)}"/>`
        ).join("")
      }</g>`,
    ...numbers.map(([x, y, text]) =>
      `<text class="n" x="${tenth(x)}" y="${tenth(y)}">${xmlText(text, 20)}</text>`
    ),
  ].join("");
}

function labelOf({ x, y, text, side }: Label): string {
  switch (side) {
    case "left":
      return `<text class="r" x="-7" y="${tenth(y + 4)}">${text}</text>`;
    case "right":
      return `<text x="${tenth(x + 7)}" y="${tenth(y + 4)}">${text}</text>`;
    case "top":
      return `<text class="c" x="${tenth(x)}" y="-6">${text}</text>`;
    case "bottom":
      return `<text class="c" x="${tenth(x)}" y="${tenth(y + 16)}">${text}</text>`;
    case "inside":
      return `<text class="c halo" x="${tenth(x)}" y="${tenth(y + 4)}">${text}</text>`;
  }
}
