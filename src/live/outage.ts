/**
 * Measures the time over which somebody looked. While a laptop sleeps, or a reader is busy, nobody does: such a time
 * counts in part, so that nothing is given up at the first look after it.
 *
 * @param longestGap how much of the time between two looks counts, in milliseconds.
 * @returns tells, at each look, how long it has been; `took` is how long the look itself went on, which counts too.
 */
export function stopwatch(longestGap: number): (now: number, took?: number) => number {
  let last: number | undefined;
  let elapsed = 0;
  return (now, took = 0) => {
    elapsed += Math.min(now - (last ?? now), longestGap + took);
    last = now;
    return elapsed;
  };
}
