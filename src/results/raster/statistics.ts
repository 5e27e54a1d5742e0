/** What the values of a band are like. */
export interface BandStatistics {
  /** How many pixels have a value. */
  readonly valid: number;
  /** The least value. */
  readonly least: number;
  /** The greatest value. */
  readonly most: number;
  /** Two of a hundred values lie below. */
  readonly low: number;
  /** Two of a hundred values lie above. */
  readonly high: number;
}

/** How many values the percentiles are taken from. */
const SAMPLES = 2_000_000;

/** Reckons what values are like; nothing where there are none. Percentiles are of a sample where there are many. */
export function statisticsOf(
  values: ArrayLike<number>,
  isValid: (value: number) => boolean,
): BandStatistics | undefined {
  let valid = 0, least = Infinity, most = -Infinity;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN;
    if (!isValid(value)) continue;
    valid++;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (valid === 0) return undefined;
  const step = Math.max(1, Math.floor(valid / SAMPLES));
  const sample = new Float64Array(Math.ceil(valid / step));
  let seen = 0, kept = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN;
    if (!isValid(value)) continue;
    // Not every so-manieth: a pattern in the picture could keep step with it.
    const lot = Math.imul(seen++, 0x9e3779b1) >>> 0;
    if (lot % step === 0 && kept < sample.length) sample[kept++] = value;
  }
  const sorted = sample.subarray(0, kept).sort();
  return { valid, least, most, low: percentile(sorted, 0.02), high: percentile(sorted, 0.98) };
}

/** Between two values where it falls between them. */
function percentile(sorted: Float64Array, part: number): number {
  const at = part * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}
