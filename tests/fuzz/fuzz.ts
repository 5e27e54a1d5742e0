import { kinds } from "./kinds.ts";
import { randomFrom } from "./random.ts";

/** How long is fuzzed, and what. */
export interface FuzzOptions {
  /** Where chance begins; each input has a seed of its own, counted on from here. */
  readonly seed: number;
  /** Whether to go on after so many inputs. */
  readonly goesOn: (inputs: number) => boolean;
  /** The kinds. @default all */
  readonly only?: readonly string[] | undefined;
}

/** What came of it. */
export interface FuzzResult {
  /** How many inputs there were, by kind. */
  readonly counts: ReadonlyMap<string, number>;
  /** The first that failed. */
  readonly failure?: { readonly kind: string; readonly seed: number; readonly error: unknown };
}

/** Gives inputs of each kind in turn, until one fails or it is enough. */
export async function fuzz({ seed, goesOn, only }: FuzzOptions): Promise<FuzzResult> {
  const chosen = Object.entries(kinds).filter(([name]) => only?.includes(name) ?? true);
  if (chosen.length === 0) throw new RangeError(`Give some of ${Object.keys(kinds).join(", ")}`);
  const counts = new Map<string, number>();
  let inputs = 0;
  for (let own = seed >>> 0;; own = (own + 1) >>> 0) {
    for (const [kind, run] of chosen) {
      if (!goesOn(inputs)) return { counts };
      inputs++;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      try {
        await run(randomFrom(own));
      } catch (error) {
        return { counts, failure: { kind, seed: own, error } };
      }
    }
  }
}
