import { isObject } from "../../core/objects.ts";
import { areaOf, vegetationIndex } from "./area.ts";

/** A day in milliseconds. */
export const DAY = 24 * 3600 * 1000;

/** A feature that a job was given, and the middle of its box. */
export interface GivenFeature {
  /** The feature as it came. */
  readonly feature: Readonly<Record<string, unknown>> & { readonly properties: object };
  /** Longitude and latitude. */
  readonly middle: readonly [longitude: number, latitude: number];
}

/** The features among a job's arguments: those of its FeatureCollection, or none. */
export function featuresOf(args: Readonly<Record<string, unknown>>): GivenFeature[] {
  for (const value of Object.values(args)) {
    if (!isObject(value) || value.type !== "FeatureCollection") continue;
    if (!Array.isArray(value.features)) continue;
    return value.features.filter(isObject).map((feature): GivenFeature => {
      const [west, south, east, north] = areaOf({ feature });
      const properties = isObject(feature.properties) ? feature.properties : {};
      return {
        feature: { ...feature, properties },
        middle: [(west + east) / 2, (south + north) / 2],
      };
    });
  }
  return [];
}

/** The days that a job computes: every five of the time that was asked for, a hundred at most. */
export function seriesDates(args: Readonly<Record<string, unknown>>): number[] {
  const [begin, end] = interval(args.temporal_extent);
  const step = Math.max(5 * DAY, Math.ceil((end - begin) / 100 / DAY) * DAY);
  return Array.from({ length: Math.floor((end - begin) / step) + 1 }, (_, at) => begin + at * step);
}

/**
 * The index of every feature, or of the middle of the area: `{"<ISO date>": [[value], …]}`. Where there are
 * features or a geometry, some days are cloudy, and have null.
 */
export function timeSeries(
  args: Readonly<Record<string, unknown>>,
): Record<string, (number | null)[][]> {
  const given = featuresOf(args);
  const [west, south, east, north] = areaOf(args);
  const middles = given.length > 0
    ? given.map(({ middle }) => middle)
    : [[(west + east) / 2, (south + north) / 2] as const];
  const canBeCloudy = given.length > 0 || "geometry" in args;
  const series: Record<string, (number | null)[][]> = {};
  for (const [at, day] of seriesDates(args).entries()) {
    const season = 0.12 * Math.sin((day / DAY - 80) / 365.25 * 2 * Math.PI);
    series[new Date(day).toISOString().replace(".000Z", "Z")] = middles.map((
      [longitude, latitude],
      feature,
    ) => [
      canBeCloudy && (at + feature) % 5 === 3
        ? null
        : Math.round((vegetationIndex(longitude, latitude) + season) * 10_000) / 10_000,
    ]);
  }
  return series;
}

function interval(value: unknown): readonly [begin: number, end: number] {
  const given = Array.isArray(value)
    ? value.map((text) => typeof text === "string" ? Date.parse(text) : NaN)
    : [];
  const [begin = NaN, end = NaN] = given;
  return begin <= end ? [begin, end] : [Date.UTC(2025, 4, 1), Date.UTC(2025, 5, 1)];
}
