import { displayAttacher, hiddenMethod } from "./attach.ts";
import type { Displayable } from "./displayable.ts";

/** How a list came to be. */
export interface ListOptions {
  /** Whether its order is the reader's own. */
  readonly ordered: boolean;
  /** Whether it was made of another list, and may hold less. */
  readonly made: boolean;
}

/** What a list is to whoever shows it. */
export interface ListKind<T> {
  /** Shows such a list. */
  readonly view: (list: readonly T[], options: ListOptions) => Displayable;
  /** Whether something can stand in such a list. */
  readonly holds: (item: unknown) => boolean;
}

/** The methods of an array that make another one, or put it in order; the last four choose the order. */
const MAKE = ["filter", "slice", "concat", "splice", "toSpliced", "with", "map", "flat", "flatMap"];
const ORDER = ["sort", "reverse", "toSorted", "toReversed"];
/** Those whose empty result holds nothing of the kind. */
const TRANSFORM: ReadonlySet<string> = new Set(["map", "flat", "flatMap"]);

/**
 * A function that makes lists show themselves, and the lists that are made of them: filtered, cut, joined, sorted. A
 * list in the reader's own order keeps it. One that holds anything else is an ordinary list.
 */
export function listAttacher<T>(
  { view, holds }: ListKind<T>,
): (list: readonly T[]) => readonly T[] {
  const attacher = (options: ListOptions) => {
    const show = displayAttacher((list: readonly T[]) => view(list, options));
    const methods = [...MAKE, ...ORDER].map((name) => {
      const method: unknown = Reflect.get(Array.prototype, name);
      if (typeof method !== "function") throw new TypeError(`Arrays have no ${name}()`);
      return [
        name,
        hiddenMethod(function (this: readonly T[], ...args: readonly unknown[]): unknown {
          const made: unknown = Reflect.apply(method, this, args);
          if (!Array.isArray(made) || !made.every(holds)) return made;
          if (made.length === 0 && TRANSFORM.has(name)) return made;
          return (options.ordered || ORDER.includes(name) ? attachOrdered : attachMade)(made);
        }),
      ] as const;
    });
    return (list: readonly T[]): readonly T[] => {
      show(list);
      for (const [name, descriptor] of methods) Reflect.defineProperty(list, name, descriptor);
      return list;
    };
  };
  const attachMade = attacher({ ordered: false, made: true });
  const attachOrdered = attacher({ ordered: true, made: true });
  return attacher({ ordered: false, made: false });
}
