import { displayAttacher, hiddenMethod } from "./attach.ts";
import type { Displayable } from "./displayable.ts";

/** What a list is to whoever shows it. */
export interface ListKind<T> {
  /** Shows such a list; `ordered` says that its order is the reader's own. */
  readonly view: (list: readonly T[], options: { readonly ordered: boolean }) => Displayable;
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
  const attacher = (ordered: boolean) => {
    const show = displayAttacher((list: readonly T[]) => view(list, { ordered }));
    const methods = [...MAKE, ...ORDER].map((name) => {
      const method: unknown = Reflect.get(Array.prototype, name);
      if (typeof method !== "function") throw new TypeError(`Arrays have no ${name}()`);
      return [
        name,
        hiddenMethod(function (this: readonly T[], ...args: readonly unknown[]): unknown {
          const made: unknown = Reflect.apply(method, this, args);
          if (!Array.isArray(made) || !made.every(holds)) return made;
          if (made.length === 0 && TRANSFORM.has(name)) return made;
          return (ordered || ORDER.includes(name) ? attachOrdered : attach)(made);
        }),
      ] as const;
    });
    return (list: readonly T[]): readonly T[] => {
      show(list);
      for (const [name, descriptor] of methods) Reflect.defineProperty(list, name, descriptor);
      return list;
    };
  };
  const attach = attacher(false);
  const attachOrdered = attacher(true);
  return attach;
}
