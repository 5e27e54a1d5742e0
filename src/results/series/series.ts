import { isObject } from "../../core/objects.ts";
import { ResultsError } from "../results_error.ts";
import { dateOf, type Table } from "../tables/table.ts";

/** Values over time: of each feature and band one for each date, `null` where there is none. */
export interface Series {
  /** The dates, in order. */
  readonly dates: readonly Date[];
  /** The names of the features. */
  readonly features: readonly string[];
  /** The names of the bands. */
  readonly bands: readonly string[];
  /** The values: `values[date][feature][band]`. */
  readonly values: readonly (readonly (readonly (number | null)[])[])[];
}

/** How the parts of a series are called, where the data does not say. */
export interface SeriesNames {
  /** The names of the bands, in their order. */
  readonly bands?: readonly string[] | undefined;
  /** The names of the features, in their order. */
  readonly features?: readonly string[] | undefined;
}

const MOST_VALUES = 5_000_000;

/** Reads the series that openEO's synchronous jobs bring: `{"<ISO date>": [[value, …], …]}`, features × bands. */
export function seriesOfJson(value: unknown, name: string, names: SeriesNames): Series {
  if (!isObject(value)) throw noSeries(name, "it is not an object of dates");
  const entries = Object.entries(value).map(([date, rows]) => {
    const when = dateOf(date);
    if (when === undefined) throw noSeries(name, `${JSON.stringify(date.slice(0, 40))} is no date`);
    return { when, rows: Array.isArray(rows) ? rows : [] };
  }).sort((a, b) => a.when.getTime() - b.when.getTime());
  if (entries.length === 0) throw noSeries(name, "it has no dates");
  const features = Math.max(0, ...entries.map(({ rows }) => rows.length));
  let bands = 0;
  for (const { rows } of entries) {
    for (const row of rows) bands = Math.max(bands, Array.isArray(row) ? row.length : 1);
  }
  if (features * bands * entries.length > MOST_VALUES) {
    throw noSeries(name, "it has too many values");
  }
  return {
    dates: entries.map(({ when }) => when),
    features: namesOf(features, names.features, "feature"),
    bands: namesOf(bands, names.bands, "band"),
    values: entries.map(({ rows }) =>
      Array.from({ length: features }, (_, feature) => {
        const row: unknown = rows[feature];
        return Array.from({ length: bands }, (_, band) => {
          const one: unknown = Array.isArray(row) ? row[band] : band === 0 ? row : null;
          return typeof one === "number" && Number.isFinite(one) ? one : null;
        });
      })
    ),
  };
}

const DATES = /^(?:date|t|time|datetime|timestamp|day)s?$/i;
const FEATURES = /^(?:feature(?:[_ ]?(?:index|id|name))?|id|polygon|parcel|name|geometry[_ ]?id)$/i;

/** Reads the series that a table holds: a column of dates, perhaps one of features, and the numbers beside them. */
export function seriesOfTable({ columns, rows, name: file }: Table, names: SeriesNames): Series {
  const date = columns.find(({ type, name }) => type === "date" && DATES.test(name)) ??
    columns.find(({ type }) => type === "date");
  if (date === undefined) {
    throw noSeries(
      file,
      `none of its columns is of dates (${
        columns.map(({ name }) => name).slice(0, 10).join(", ")
      })`,
    );
  }
  const feature = columns.find(({ name }) => FEATURES.test(name));
  const bands = columns.filter(({ name, type }) =>
    (type === "number" || type === "empty") && name !== date.name && name !== feature?.name
  );
  if (bands.length === 0) throw noSeries(file, "none of its columns is of numbers");
  const times = new Map<number, Map<string, (number | null)[]>>();
  const seen = new Map<string, number>();
  for (const row of rows) {
    const when = row[date.name];
    if (!(when instanceof Date)) continue;
    const key = feature === undefined ? "" : String(row[feature.name] ?? "");
    if (!seen.has(key)) seen.set(key, seen.size);
    const values = bands.map(({ name }) => {
      const value = row[name];
      return typeof value === "number" ? value : null;
    });
    const features = times.get(when.getTime()) ?? new Map<string, (number | null)[]>();
    features.set(key, values);
    times.set(when.getTime(), features);
  }
  const dates = [...times.keys()].sort((a, b) => a - b);
  const keys = [...seen.keys()];
  if (dates.length * keys.length * bands.length > MOST_VALUES) {
    throw noSeries(file, "it has too many values");
  }
  const told = keys.map((key, index) =>
    /^\d+(?:\.0)?$/.test(key) || key === "" ? `feature ${index + 1}` : key
  );
  return {
    dates: dates.map((time) => new Date(time)),
    features: names.features === undefined ? told : namesOf(keys.length, names.features, "feature"),
    bands: names.bands === undefined
      ? bands.map(({ name }) => name)
      : namesOf(bands.length, names.bands, "band"),
    values: dates.map((time) =>
      keys.map((key) => times.get(time)?.get(key) ?? bands.map(() => null))
    ),
  };
}

function namesOf(amount: number, given: readonly string[] | undefined, what: string): string[] {
  return Array.from({ length: amount }, (_, index) => given?.[index] ?? `${what} ${index + 1}`);
}

function noSeries(name: string, why: string): ResultsError {
  return new ResultsError(
    `Cannot read ${name} as a time series: ${why}\n` +
      '  What to do: a series is {"<ISO date>": [[value, …], …]}, or a table with a column of dates',
    { reason: "unsupported" },
  );
}

/** A series in rows: one for each date and feature, with a value for each band. */
export function recordsOf({ dates, features, bands, values }: Series): readonly object[] {
  return dates.flatMap((date, at) =>
    features.map((feature, row) => ({
      date,
      feature,
      ...Object.fromEntries(
        bands.map((band, column) => [band, values[at]?.[row]?.[column] ?? null]),
      ),
    }))
  );
}
