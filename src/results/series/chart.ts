import { count } from "../../core/units.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { type Block, type Line, muted, strong } from "../../display/render/document.ts";
import { pictureUrl, xmlText } from "../../map/xml.ts";
import { dateText } from "../tables/table.ts";
import type { Series } from "./series.ts";

/** A chart as the text of an SVG. */
export interface Chart {
  readonly text: string;
  /** Its width in pixels. */
  readonly width: number;
}

/** Colours that can be told apart by everybody, on light and on dark. */
const COLOURS = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#b8860b",
  "#56b4e9",
  "#7f5bd1",
  "#8c8c8c",
];

const STYLE = [
  "text{font:11px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#24292f}",
  ".b{font-weight:600}.c{text-anchor:middle}.r{text-anchor:end}",
  ".ground{fill:#ffffff}.grid{stroke:#dde3e8}.axis{stroke:#8c96a0}",
  ".l{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}",
  "@media(prefers-color-scheme:dark){text{fill:#dfe5ea}.ground{fill:#14181d}.grid{stroke:#2c343c}.axis{stroke:#66717c}}",
].join("");

/** The most features that are drawn, and bands. */
const MOST_FEATURES = 12;
const MOST_BANDS = COLOURS.length;

const ALONE = { width: 560, height: 220 };
const SMALL = { width: 250, height: 120 };
const MARGIN = { left: 48, top: 24, right: 14, bottom: 26 };

/** Draws a series: a line for each band, features beside each other on the same scale, gaps where values are missing. */
export function chartOf(series: Series): Chart {
  const features = series.features.slice(0, MOST_FEATURES);
  const bands = series.bands.slice(0, MOST_BANDS);
  const size = features.length === 1 ? ALONE : SMALL;
  const columns = features.length === 1
    ? 1
    : features.length === 2 || features.length === 4
    ? 2
    : 3;
  const cell = {
    width: size.width + MARGIN.left + MARGIN.right,
    height: size.height + MARGIN.top + MARGIN.bottom,
  };
  const lines = Math.ceil(features.length / columns);
  const width = Math.min(columns, features.length) * cell.width;
  const legend = 22;
  const notes = [
    ...(series.features.length > features.length
      ? [`${features.length} of ${series.features.length} features shown`]
      : []),
    ...(series.bands.length > bands.length
      ? [`${bands.length} of ${series.bands.length} bands shown`]
      : []),
  ];
  const height = lines * cell.height + legend + (notes.length === 0 ? 0 : 16);
  const scale = scaleOf(series);
  const parts = features.map((name, index) => {
    const x = (index % columns) * cell.width + MARGIN.left;
    const y = Math.floor(index / columns) * cell.height + MARGIN.top + legend;
    return `<g transform="translate(${x} ${y})">${
      features.length === 1 ? "" : `<text class="b" y="-8">${xmlText(name, 34)}</text>`
    }${plotOf(series, index, bands.length, scale, size)}</g>`;
  });
  let at = MARGIN.left;
  const keys = bands.map((name, index) => {
    const label = xmlText(name, 24);
    const key = `<path class="l" stroke="${COLOURS[index]}" d="M${at} 15h18"/><text x="${
      at + 24
    }" y="19">${label}</text>`;
    at += 40 + Math.min(24, name.length) * 6.6;
    return key;
  });
  const said = notes.length === 0
    ? ""
    : `<text x="${MARGIN.left}" y="${height - 6}">${xmlText(notes.join(", "), 80)}</text>`;
  return {
    text:
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<style>${STYLE}</style><rect class="ground" width="${width}" height="${height}" rx="5"/>${
        keys.join("")
      }${parts.join("")}${said}</svg>`,
    width,
  };
}

interface Scale {
  readonly least: number;
  readonly most: number;
  readonly ticks: readonly number[];
}

/** One scale for all features, so that they can be compared; its ticks are round. */
function scaleOf({ values }: Series): Scale {
  let least = Infinity, most = -Infinity;
  for (const date of values) {
    for (const feature of date) {
      for (const value of feature) {
        if (value === null) continue;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
  }
  if (least > most) return { least: 0, most: 1, ticks: [] };
  if (least === most) {
    const pad = Math.abs(least) / 10 || 1;
    [least, most] = [least - pad, most + pad];
  }
  const rough = (most - least) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  [least, most] = [Math.floor(least / step) * step, Math.ceil(most / step) * step];
  for (let tick = least; tick <= most + step / 1e6 && ticks.length < 20; tick += step) {
    ticks.push(Number(tick.toPrecision(10)));
  }
  return { least, most, ticks };
}

function plotOf(
  { dates, values }: Series,
  feature: number,
  bands: number,
  { least, most, ticks }: Scale,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const begin = dates[0]?.getTime() ?? 0, end = dates.at(-1)?.getTime() ?? 0;
  const x = (time: number) =>
    round(end === begin ? width / 2 : (time - begin) / (end - begin) * width);
  const y = (value: number) => round(height - (value - least) / (most - least) * height);
  const grid = ticks.map((tick) =>
    `<path class="grid" d="M0 ${y(tick)}h${width}"/><text class="r" x="-6" y="${y(tick) + 4}">${
      formatTick(tick)
    }</text>`
  );
  const days = labelsOf(dates, width).map((date, index, all) =>
    `<text class="${
      index === 0 && all.length > 1 ? "" : index === all.length - 1 && all.length > 1 ? "r" : "c"
    }" x="${x(date.getTime())}" y="${height + 17}">${dateText(date).slice(0, 10)}</text>`
  );
  const lines: string[] = [];
  for (let band = 0; band < bands; band++) {
    let path = "";
    const alone: string[] = [];
    for (const [index, date] of dates.entries()) {
      const value = values[index]?.[feature]?.[band] ?? null;
      if (value === null) continue;
      const before = values[index - 1]?.[feature]?.[band] ?? null;
      const after = values[index + 1]?.[feature]?.[band] ?? null;
      path += `${before === null ? "M" : "L"}${x(date.getTime())} ${y(value)}`;
      if (before === null && after === null) {
        alone.push(
          `<circle cx="${x(date.getTime())}" cy="${y(value)}" r="2.2" fill="${COLOURS[band]}"/>`,
        );
      }
    }
    lines.push(`<path class="l" stroke="${COLOURS[band]}" d="${path}"/>${alone.join("")}`);
  }
  return `${grid.join("")}<path class="axis" d="M0 ${height}h${width}"/>${days.join("")}${
    lines.join("")
  }`;
}

/** As many dates as there is room for: the first, the last, and some between. */
function labelsOf(dates: readonly Date[], width: number): readonly Date[] {
  const most = Math.max(2, Math.floor(width / 130));
  if (dates.length <= most) return dates;
  return Array.from(
    { length: most },
    (_, index) => dates[Math.round(index * (dates.length - 1) / (most - 1))],
  )
    .filter((date) => date !== undefined);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function formatTick(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e6 || size < 1e-4) ? value.toExponential(1) : String(value);
}

const MOST_ROWS = 10;
const MOST_COLUMNS = 8;

/** A series as a chart, beside its first rows. */
export function seriesView(series: Series): Displayable {
  return displayable(() => seriesBlocks(series));
}

/** The same as blocks. */
export function seriesBlocks(series: Series): readonly Block[] {
  return [pictureOf(series), rowsOf(series)];
}

function pictureOf(series: Series): Block {
  const { text, width } = chartOf(series);
  return {
    kind: "picture",
    alt: altOf(series),
    src: pictureUrl("svg+xml", text),
    width,
  };
}

/** The chart in words: how many of what, from when to when, and of each band the first, last, lowest and highest. */
function altOf({ dates, features, bands, values }: Series): string {
  const [first] = dates;
  const last = dates.at(-1);
  const span = first === undefined || last === undefined
    ? ""
    : `, ${dateText(first)} to ${dateText(last)}`;
  const told = bands.slice(0, 8).map((name, band) => {
    const found = values.flatMap((date) => date.flatMap((feature) => feature[band] ?? []));
    if (found.length === 0) return `${name}: no values`;
    const least = found.reduce((a, b) => Math.min(a, b)),
      most = found.reduce((a, b) => Math.max(a, b));
    return `${name}: first ${show(found[0])}, last ${show(found.at(-1))}, lowest ${
      show(least)
    }, highest ${show(most)}`;
  });
  return `${count(dates.length, "date")} of ${count(features.length, "feature")} and ${
    count(bands.length, "band")
  }${span}. ${told.join("; ")}`;
}

function show(value: number | undefined): string {
  return value === undefined ? "nothing" : String(Number(value.toPrecision(4)));
}

function rowsOf({ dates, features, bands, values }: Series): Block {
  const columns = features.flatMap((feature, at) =>
    bands.map((band, index) => ({
      title: features.length === 1 ? band : bands.length === 1 ? feature : `${feature} ${band}`,
      value: (date: number) => values[date]?.[at]?.[index] ?? null,
    }))
  ).slice(0, MOST_COLUMNS);
  const all = features.length * bands.length;
  const facts = [
    ...(dates.length > MOST_ROWS ? [`the first ${MOST_ROWS} shown`] : []),
    ...(all > columns.length ? [`${columns.length} of ${all} lines shown`] : []),
  ];
  return {
    kind: "table",
    caption: [
      strong(count(dates.length, "date")),
      muted(facts.map((fact) => ` · ${fact}`).join("")),
    ],
    columns: [
      { title: "Date", max: 20 },
      ...columns.map(({ title }) => ({ title, max: 24, yields: true })),
    ],
    rows: dates.slice(0, MOST_ROWS).map((date, index): Line[] => [
      dateText(date),
      ...columns.map(({ value }) => {
        const number = value(index);
        return number === null ? muted("–") : String(Number(number.toPrecision(6)));
      }),
    ]),
  };
}
