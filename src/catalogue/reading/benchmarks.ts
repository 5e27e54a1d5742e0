import { count } from "../../core/units.ts";
import * as z from "zod/mini";
import { readerOf } from "../../models/schema/model.ts";
import { parseTimestamp } from "../../models/schema/kinds.ts";
import { CatalogueError } from "../catalogue_error.ts";
import { formatArea } from "../checking/cost.ts";

/** One run of a benchmark. */
export interface BenchmarkRun {
  /** What was run. */
  readonly scenario: string;
  /** What it cost, in the platform's credits; absent where that was not measured. */
  readonly cost?: number;
  /** How long it took, in seconds. */
  readonly duration?: number;
  /** How large the area was, in km². */
  readonly area?: number;
  /** When it began. */
  readonly start?: Date;
}

/** What the catalogue's own runs of a service have measured. */
export interface Benchmarks {
  /** The id in the catalogue of the service that was run. */
  readonly serviceId: string;
  /** The runs, the newest first. */
  readonly runs: readonly BenchmarkRun[];
  /** In words: `4–9 credits for 3.34 km² in 6 runs since 9 March 2026`, one for each size of area. */
  readonly summary: readonly string[];
}

const readShape = readerOf(z.object({ data: z.array(z.record(z.string(), z.unknown())) }));

const MOST_RUNS = 5_000;
const MOST_NAME = 120;

/** Reads what the catalogue's website says of the benchmarks of a service. */
export function readBenchmarks(value: unknown, serviceId: string): Benchmarks {
  const reading = readShape(value);
  if (!reading.ok) {
    throw new CatalogueError(
      `Cannot read the benchmarks of ${serviceId}: they are not what the catalogue's website sends`,
      { reason: "invalid" },
    );
  }
  const runs = reading.value.data.slice(0, MOST_RUNS).map((run): BenchmarkRun => {
    const { scenario_id: scenario } = run;
    const cost = measured(run["costs"]);
    const duration = measured(run["duration"]);
    const area = measured(run["area_size"]);
    const start = timeOf(run["start_time"]);
    return {
      scenario: typeof scenario === "string" ? scenario.slice(0, MOST_NAME).toWellFormed() : "",
      ...(cost === undefined ? {} : { cost }),
      ...(duration === undefined ? {} : { duration }),
      ...(area === undefined || area === 0 ? {} : { area }),
      ...(start === undefined ? {} : { start }),
    };
  }).sort((a, b) => (b.start?.getTime() ?? 0) - (a.start?.getTime() ?? 0));
  return { serviceId, runs, summary: summaryOf(runs) };
}

/** What was measured: a number of which there can be some, or nothing. */
function measured(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function timeOf(value: unknown): Date | undefined {
  if (typeof value === "string") return parseTimestamp(value);
  if (typeof value !== "number") return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function summaryOf(runs: readonly BenchmarkRun[]): string[] {
  const byArea = new Map<number | undefined, BenchmarkRun[]>();
  for (const run of runs) {
    if (run.cost !== undefined) byArea.set(run.area, [...byArea.get(run.area) ?? [], run]);
  }
  return [...byArea].map(([area, measured]) => {
    const costs = measured.map(({ cost = 0 }) => cost);
    const starts = measured.flatMap(({ start }) => start?.getTime() ?? []);
    const words = [
      `${rangeOf(Math.min(...costs), Math.max(...costs))} credits`,
      ...(area === undefined ? [] : [`for ${formatArea(area)}`]),
      `in ${count(measured.length, "run")}`,
      ...(starts.length === 0 ? [] : [`since ${formatDate(new Date(Math.min(...starts)))}`]),
    ];
    return words.join(" ");
  });
}

function rangeOf(least: number, most: number): string {
  const write = (amount: number) => String(Number(amount.toPrecision(2)));
  return write(least) === write(most) ? write(least) : `${write(least)}–${write(most)}`;
}

/** A day as people write it. */
export function formatDate(date: Date): string {
  return date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}
