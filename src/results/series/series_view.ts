import { pictureUrl } from "../../map/data_url.ts";
import { count } from "../../core/units.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { type Block, type Line, muted, strong } from "../../display/render/document.ts";
import { dateText } from "../tables/table.ts";
import { chartOf } from "./chart.ts";
import type { Series } from "./series.ts";

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
