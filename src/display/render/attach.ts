import { type Watch, watchable, type WatchedWork, type WatchPace } from "../../models/snapshot.ts";
import {
  apology,
  blocksOf,
  type Displayable,
  displayable,
  jupyterDisplay,
  type MimeBundle,
  printAs,
} from "./displayable.ts";

/**
 * Makes a value show itself when it is the last expression of a notebook cell. The value is changed in
 * place, and stays plain data to everyone else: the property is not enumerable, so `JSON.stringify`,
 * spread and equality do not see it. Nothing is laid out before somebody looks, from what the value
 * holds then. A value that is frozen stays as it is.
 *
 * @returns the same value.
 */
export function attachDisplay<T extends object>(value: T, view: (value: T) => Displayable): T {
  return displayAttacher(view)(value);
}

/**
 * A function that does for many values what {@linkcode attachDisplay} does for one. All of them share
 * one property descriptor, so ten thousand objects keep one hidden class.
 *
 * @param watch how such a value is watched, where it can be: it hangs on the method that shows it.
 */
export function displayAttacher<T extends object>(
  view: (value: T) => Displayable,
  watch?: (value: T, options: WatchPace) => Watch<WatchedWork>,
): (value: T) => T {
  const descriptor = hiddenMethod(function (this: T): MimeBundle {
    try {
      return view(this)[jupyterDisplay]();
    } catch (error) {
      return apology(error);
    }
  });
  if (watch !== undefined) {
    Object.defineProperty(descriptor.value, watchable, {
      value(this: T, options: WatchPace) {
        return watch(this, options);
      },
    });
  }
  return (value) => {
    Reflect.defineProperty(value, jupyterDisplay, descriptor);
    return value;
  };
}

/**
 * The same for a value that is nobody's data, such as a service or what a check has found: `console.log` prints it as
 * text, too, instead of everything that it holds.
 */
export function showAs<T extends object>(value: T, view: (value: T) => Displayable): T {
  return printAs(attachDisplay(value, view), displayable(() => blocksOf(view(value))));
}

/** A property that can be called and is not seen. */
export function hiddenMethod(method: (...args: never[]) => unknown): PropertyDescriptor {
  return { configurable: true, enumerable: false, writable: true, value: method };
}

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
