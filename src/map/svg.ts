import type { Atlas } from "./coast/atlas.ts";
import { type Graticule, graticuleOf, type Label } from "./graticule.ts";
import { drawScaleBar, locatorOf } from "./insets.ts";
import type { Layer, Layers } from "./marks/layers.ts";
import {
  fillDefinitions,
  fillOf,
  type Legend,
  type LegendEntry,
  legendOf,
  markScale,
} from "./marks/legend.ts";
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

/** The colours of a picture in one theme. */
interface Theme {
  readonly ground: string;
  readonly text: string;
  readonly sea: string;
  readonly paper: string;
  readonly land: string;
  readonly coast: string;
  readonly line: string;
  readonly edge: string;
  readonly gap: string;
  readonly plain: string;
}

const LIGHT: Theme = {
  ground: "#ffffff",
  text: "#24292f",
  sea: "#e4eef6",
  paper: "#f5f6f4",
  land: "#faf8f2",
  coast: "#8fa3b3",
  line: "#c4d0da",
  edge: "#8c96a0",
  gap: "#ffffff",
  plain: "#6d4bb5",
};

/**
 * On a dark desktop. A picture learns what the desktop prefers, not the colour of the page that it stands on: a saved
 * page can be white there. So this is a paper, too, only dimmed; it is readable on a page of either colour, and glares on
 * neither.
 */
const DIMMED: Theme = {
  ground: "#d3d8dd",
  text: "#14181d",
  sea: "#b9cad8",
  paper: "#c9ced3",
  land: "#dcdad2",
  coast: "#5f7282",
  line: "#a7b3bd",
  edge: "#69737c",
  gap: "#e9edf0",
  plain: "#5a389f",
};

/**
 * The style sheet within a map's picture. It cannot reach the page around the picture; the page's
 * preference for light or dark reaches it.
 */
export const MAP_STYLE: string = [
  "text{font:11px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}",
  ".b{font-weight:600}",
  ".n{font-weight:600}",
  ".edges{fill:none;stroke:#fff;stroke-width:14;stroke-dasharray:40 30}",
  ".m{opacity:.75}",
  ".r{text-anchor:end}",
  ".c{text-anchor:middle}",
  ".mark{fill:none;stroke:#fff;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}",
  ".pat{fill:none;stroke:#fff;stroke-width:1;stroke-opacity:.7}",
  ".full{fill:#fff;stroke:none}",
  ".tiles{fill-rule:evenodd;stroke-width:7}",
  ".outlined{fill-rule:evenodd;stroke-width:11}",
  ".cells{shape-rendering:crispEdges}",
  ".lines{fill:none;stroke-width:26;stroke-linecap:round;stroke-linejoin:round}",
  ".here{fill:#d1352b;fill-opacity:.15;stroke:#d1352b;stroke-width:1.6}",
  ".there{fill:#d1352b;fill-opacity:.2;stroke:#d1352b;stroke-width:16}",
  ".dot{fill:#d1352b}",
  ".land{fill-rule:evenodd}",
  rules(LIGHT),
  `@media(prefers-color-scheme:dark){${rules(DIMMED)}}`,
].join("");

function rules({ ground, text, sea, paper, land, coast, line, edge, gap, plain }: Theme): string {
  return [
    `svg{color:${plain}}`,
    `text{fill:${text}}.n{fill:#fff}`,
    `.ground{fill:${ground}}`,
    `.halo{stroke:${ground};stroke-width:3px;stroke-linejoin:round;paint-order:stroke}`,
    `.ink{fill:none;stroke:${text};stroke-width:1.4px}`,
    `.sea{fill:${sea}}`,
    `.paper{fill:${paper}}`,
    `.land,.globe{fill:${land}}`,
    `.globe{stroke:${coast};stroke-width:4}`,
    `.land{stroke:${coast};stroke-width:7}`,
    `.coast{fill:none;stroke:${text};stroke-width:6;stroke-opacity:.4}`,
    `.line{fill:none;stroke:${line};stroke-width:7}`,
    `.edge{fill:none;stroke:${edge}}`,
    `.tiles{stroke:${gap}}`,
  ].join("");
}
