/** What is known of jobs that run side by side. All times in milliseconds. */
export interface Progress {
  /** How many jobs have not begun, those that are not made yet included. */
  readonly waiting: number;
  /** For how long each running job has been seen running. */
  readonly running: readonly number[];
  /** How long jobs ran that were seen from their beginning to their end. */
  readonly ran: readonly number[];
  /** How many jobs have ended, seen or not. */
  readonly ended: number;
  /** How much time has passed since the first of them began. */
  readonly elapsed: number;
  /** How many ran at once of late, at the most. */
  readonly atOnce: number;
}

/** From so many seen whole, their own lengths tell more than how fast jobs have ended on the whole. */
const ENOUGH = 3;
/** By how much a job is longer than every other that was seen, if it is: nobody knows. */
const OVERTIME = 1.15;
/** With more jobs waiting than this, the end is far enough for the average to do. */
const MOST_SIMULATED = 2_000;
/** Steps through a distribution so that any stretch of jobs has long and short ones. */
const GOLDEN = 0.618_033_988_75;

/**
 * How long jobs still take that run side by side: those that run to their ends, then one after the other of those that
 * wait, on as many places as are known. Jobs are as long as those before them: the running ones count, too, for the
 * long ones are those that have not ended yet (Kaplan and Meier's estimate of lifetimes).
 *
 * @returns milliseconds; nothing where nothing is known.
 */
export function timeLeft(progress: Progress): number | undefined {
  const { waiting, running, ran, ended, elapsed } = progress;
  if (ended === 0 || waiting + running.length === 0) return undefined;
  const places = Math.max(1, running.length, waiting > 0 ? progress.atOnce : 0);
  const lengths = ran.length >= ENOUGH ? lengthsOf(ran, running) : undefined;
  if (lengths === undefined) {
    if (!(elapsed > 0)) return undefined;
    const length = places * elapsed / (ended + running.length / 2);
    const rest = running.map((_, index) => length * (index + 0.5) / running.length);
    return schedule(rest, { waiting, places, lengthAt: () => length, mean: length });
  }
  const mean = lengths.reduce((sum, { length, share }) => sum + length * share, 0);
  const rest = running.map((age, index) => {
    // Of few jobs none is as lucky, and none as unlucky, as the outermost of many.
    const part = 0.5 + (((index * GOLDEN + 0.5) % 1) - 0.5) * (1 - 1 / running.length);
    return lengthAt(lengths, part, age) - age;
  });
  return schedule(rest, { waiting, places, mean, lengthAt: (part) => lengthAt(lengths, part) });
}

/** A length that jobs have, and the share of jobs that have it. */
interface Length {
  readonly length: number;
  readonly share: number;
}

/** How long jobs are, from those that ended and from those that run and are longer than they are old. */
function lengthsOf(ran: readonly number[], running: readonly number[]): readonly Length[] {
  const all = [
    ...ran.map((length) => ({ length, ended: true })),
    ...running.map((length) => ({ length, ended: false })),
  ].sort((a, b) => a.length - b.length || Number(b.ended) - Number(a.ended));
  const lengths: Length[] = [];
  let surviving = 1;
  for (const [index, { length, ended }] of all.entries()) {
    if (!ended) continue;
    const share = surviving / (all.length - index);
    surviving -= share;
    lengths.push({ length, share });
  }
  // What outlives every job that has ended.
  const oldest = all.at(-1)?.length ?? 0;
  if (surviving > 1e-9) lengths.push({ length: oldest * OVERTIME, share: surviving });
  return lengths;
}

/** The length below which so large a part is of the jobs that are longer than this. */
function lengthAt(lengths: readonly Length[], part: number, longerThan = 0): number {
  let first = 0;
  while ((lengths[first]?.length ?? Infinity) <= longerThan) first++;
  let left = 0;
  for (let index = first; index < lengths.length; index++) left += lengths[index]?.share ?? 0;
  left *= part;
  for (let index = first; index < lengths.length; index++) {
    left -= lengths[index]?.share ?? 0;
    if (left <= 0) return lengths[index]?.length ?? 0;
  }
  return first < lengths.length ? lengths.at(-1)?.length ?? 0 : longerThan * OVERTIME;
}

interface Plan {
  readonly waiting: number;
  readonly places: number;
  readonly mean: number;
  /** The length below which so large a part of jobs is. */
  readonly lengthAt: (part: number) => number;
}

/** When the last job ends, with each that waits beginning where a place is free first. */
function schedule(rest: readonly number[], { waiting, places, mean, lengthAt }: Plan): number {
  const free = [...rest, ...Array<number>(Math.max(0, places - rest.length)).fill(0)];
  const simulated = Math.min(waiting, MOST_SIMULATED);
  const before = (waiting - simulated) * mean / places;
  for (let index = 0; index < simulated; index++) {
    let first = 0;
    for (let place = 1; place < free.length; place++) {
      if ((free[place] ?? 0) < (free[first] ?? 0)) first = place;
    }
    free[first] = (free[first] ?? 0) + lengthAt(((index + 0.5) * GOLDEN) % 1);
  }
  return before + Math.max(0, ...free);
}

/** The time left in as many digits as a guess deserves. */
export function roundTimeLeft(milliseconds: number): number {
  const SECOND = 1_000, MINUTE = 60_000, HOUR = 3_600_000;
  const unit = milliseconds < 95 * SECOND
    ? 10 * SECOND
    : milliseconds < 95 * MINUTE
    ? MINUTE
    : milliseconds < 10 * HOUR
    ? HOUR / 2
    : HOUR;
  return Math.max(unit, Math.round(milliseconds / unit) * unit);
}
