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
