import type { Node } from "./pattern.ts";

/** That a search took more steps than it may. */
export class TooManySteps extends Error {}

/** How a search goes on after what was matched. */
type Next = (at: number) => boolean;

/**
 * Counts the steps of a search through a text for all that a pattern matches, by backtracking as the engines of
 * JavaScript do it: a measure of its work that no clock and no busy machine can change.
 *
 * @param sticky whether it is tried at the very beginning alone.
 * @throws {TooManySteps} beyond the limit.
 */
export function stepsOf(
  pattern: Node,
  text: string,
  { limit, sticky = false }: { readonly limit: number; readonly sticky?: boolean },
): number {
  let steps = 0;
  const captured: string[] = [];
  const step = () => {
    if (++steps > limit) throw new TooManySteps();
  };

  const match = (node: Node, at: number, next: Next): boolean => {
    step();
    switch (node.kind) {
      case "character":
        return at < text.length && node.fits(text.charAt(at)) && next(at + 1);
      case "sequence":
        return inOrder(node.items, 0, at, next);
      case "choice":
        return node.options.some((option) => match(option, at, next));
      case "group":
        return match(node.body, at, (end) => {
          const before = captured[node.index];
          captured[node.index] = text.slice(at, end);
          if (next(end)) return true;
          captured[node.index] = before ?? "";
          return false;
        });
      case "reference": {
        const part = captured[node.index] ?? "";
        return text.startsWith(part, at) && next(at + part.length);
      }
      case "edge":
        return isEdge(node.which, at) && next(at);
      case "look":
        return looks(node, at) !== node.negative && next(at);
      case "loop":
        return node.body.kind === "character" ? run(node, at, next) : turns(node, at, next, 0);
    }
  };

  const inOrder = (items: readonly Node[], index: number, at: number, next: Next): boolean => {
    const item = items[index];
    if (item === undefined) return next(at);
    return match(item, at, (end) => inOrder(items, index + 1, end, next));
  };

  /** A loop over single characters: without a call for each, so that long texts do not fill the stack. */
  const run = (node: Node & { kind: "loop" }, at: number, next: Next): boolean => {
    const { body, least, most, lazy } = node;
    if (body.kind !== "character") return false;
    let length = 0;
    const grow = () => {
      step();
      const fits = length < most && at + length < text.length &&
        body.fits(text.charAt(at + length));
      if (fits) length++;
      return fits;
    };
    if (lazy) {
      while (length < least) if (!grow()) return false;
      do if (next(at + length)) return true; while (grow());
      return false;
    }
    while (grow());
    for (; length >= least; length--) {
      step();
      if (next(at + length)) return true;
    }
    return false;
  };

  const turns = (node: Node & { kind: "loop" }, at: number, next: Next, done: number): boolean => {
    const once = () =>
      done < node.most && match(node.body, at, (end) =>
        // A turn that takes nothing ends a loop.
        (end > at || done < node.least) && turns(node, end, next, done + 1));
    if (done < node.least) return once();
    return node.lazy ? next(at) || once() : once() || next(at);
  };

  const looks = ({ body, behind }: Node & { kind: "look" }, at: number): boolean => {
    if (!behind) return match(body, at, () => true);
    const [least, most] = lengthsOf(body);
    for (let length = least; length <= Math.min(most, at); length++) {
      if (match(body, at - length, (end) => end === at)) return true;
    }
    return false;
  };

  const isEdge = (which: string, at: number): boolean => {
    if (which === "^") return at === 0;
    if (which === "$") return at === text.length;
    const word = (index: number) => /\w/.test(text.charAt(index));
    return (word(at - 1) !== word(at)) === (which === "\\b");
  };

  for (let at = 0; at <= text.length; at++) {
    let end = at;
    const found = match(pattern, at, (to) => {
      end = to;
      return true;
    });
    if (sticky) break;
    if (found && end > at) at = end - 1;
  }
  return steps;
}

/** The fewest and the most characters that a pattern takes. */
function lengthsOf(node: Node): readonly [least: number, most: number] {
  switch (node.kind) {
    case "character":
      return [1, 1];
    case "sequence":
      return node.items.map(lengthsOf).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    case "choice": {
      const all = node.options.map(lengthsOf);
      return [Math.min(...all.map(([least]) => least)), Math.max(...all.map(([, most]) => most))];
    }
    case "group":
      return lengthsOf(node.body);
    case "loop": {
      const [least, most] = lengthsOf(node.body);
      return [least * node.least, most * node.most];
    }
    default:
      return [0, 0];
  }
}
