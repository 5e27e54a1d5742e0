/** Chance that can be had again: the same seed brings the same numbers. */
export interface Random {
  /** A number from 0 up to 1. */
  next(): number;
  /** A whole number below a limit. */
  below(limit: number): number;
  /** One of several. */
  pick<T>(all: readonly [T, ...T[]] | readonly T[]): T;
  /** Whether something happens that happens so often. */
  chance(share: number): boolean;
}

/** Makes chance from a seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick(all) {
      const index = below(all.length);
      for (const [at, one] of all.entries()) if (at === index) return one;
      throw new RangeError("there is nothing to pick from");
    },
    chance: (share) => next() < share,
  };
}
