import { xmlText } from "../xml.ts";
import type { Layers } from "./layers.ts";
import type { Look } from "../status.ts";

/** The side of a mark's drawing. */
const MARK = 11;
/** The side of a pattern's tile, in pixels. */
const TILE = 6;

/** The attributes of what is filled like footprints of a look: with a pattern where marks have no room. */
export function fillOf({ name, color, pattern, opacity }: Look, markSize: number): string {
  const fill = markSize === 0 && pattern !== "" ? `url(#pattern-${name})` : color;
  return `fill="${fill}" fill-opacity="${opacity}"`;
}

/** The marks of looks, or their patterns where marks have no room, to be referred to by name. */
export function fillDefinitions(
  looks: Iterable<Look>,
  { unit, markSize }: { readonly unit: number; readonly markSize: number },
): string {
  const byName = new Map([...looks].map((look) => [look.name, look]));
  return [...byName.values()].map(({ name, color, mark, pattern }) => {
    if (markSize > 0) return mark === "" ? "" : `<g id="mark-${name}" class="mark">${mark}</g>`;
    return pattern === ""
      ? ""
      : `<pattern id="pattern-${name}" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse" patternTransform="scale(${
        1 / unit
      })"><rect fill="${color}" width="${TILE}" height="${TILE}"/><g class="pat">${pattern}</g></pattern>`;
  }).join("");
}

/** By how much a mark is to be enlarged to be so large, in pixels. */
export function markScale(size: number): number {
  return Math.round(size / MARK * 100) / 100;
}

/** A row of a legend. */
export interface LegendEntry {
  /** How the footprints look. */
  readonly look: Look;
  /** What that means. */
  readonly text: string;
  /** How many there are. */
  readonly amount: number;
}

/** How a legend is drawn. */
export interface LegendOptions {
  /** What stands above it; nothing where the figures stand elsewhere. */
  readonly heading?: string | undefined;
  /** What stands below it. */
  readonly notes: readonly string[];
  /** Whether it tells how many there are of each. */
  readonly figures: boolean;
}

/** A legend as a part of an SVG. */
export interface Legend {
  /** What is drawn, from 0, 0. */
  readonly svg: string;
  /** How high it is, in pixels. */
  readonly height: number;
}

const ROW = 21;
const SWATCH = { width: 20, height: 15 };
const MOST_TEXT = 14;
const MOST_NOTE = 26;

/** Draws what the colours mean, with how many there are of each. */
export function legendOf(
  entries: readonly LegendEntry[],
  { layers, markSize }: Layers,
  { heading, notes, figures }: LegendOptions,
): Legend {
  const unit = layers[0]?.unit ?? 1;
  const top = heading === undefined ? 0 : 26;
  const rows = entries.map(({ look, text, amount }, index) => {
    const y = top + index * ROW;
    const mark = markSize === 0 || look.mark === ""
      ? ""
      : `<g transform="scale(${markScale(11)})"><use href="#mark-${look.name}" x="${
        SWATCH.width / 2 / markScale(11)
      }" y="${SWATCH.height / 2 / markScale(11)}"/></g>`;
    return `<g transform="translate(0 ${y})"><g transform="scale(${unit})"><rect ${
      fillOf(look, markSize)
    } width="${SWATCH.width / unit}" height="${
      SWATCH.height / unit
    }"/></g>${mark}<text x="28" y="11.5">${figures ? `${amount} ` : ""}${
      xmlText(text, MOST_TEXT)
    }</text></g>`;
  });
  const start = top + entries.length * ROW;
  const lines = notes.map((note, index) =>
    `<text class="m" y="${start + 12 + index * 16}">${xmlText(note, MOST_NOTE)}</text>`
  );
  return {
    svg: `${
      heading === undefined ? "" : `<text class="b" y="12">${xmlText(heading, MOST_NOTE)}</text>`
    }${rows.join("")}${lines.join("")}`,
    height: start + notes.length * 16 + 4,
  };
}
