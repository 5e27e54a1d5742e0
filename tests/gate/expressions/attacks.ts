import { type Node, sampleOf } from "./pattern.ts";

/** A text that may make a pattern try again and again: a beginning, something many times over, an end. */
export interface Attack {
  readonly head: string;
  readonly pump: string;
  readonly tail: string;
}

/** What no pattern of this package takes. */
const NOTHING = "\u0000";

/** The texts to try a pattern with: every part of it that can be repeated, after all that can stand before it. */
export function attacksOn(pattern: Node): Attack[] {
  const heads = new Set([""]);
  const pumps = new Set([" ", "a", "/", "\\"]);
  const walk = (node: Node, before: string): string => {
    switch (node.kind) {
      case "sequence":
        return node.items.reduce((head, item) => walk(item, head), before);
      case "choice": {
        const [first = before] = node.options.map((option) => walk(option, before));
        return first;
      }
      case "group":
        return walk(node.body, before);
      case "look":
        walk(node.body, before);
        return before;
      case "loop": {
        heads.add(before);
        pumps.add(sampleOf(node.body));
        // A word that begins anew after each other character.
        if (node.body.kind === "character") {
          for (const sample of node.body.samples) pumps.add(sample).add(before + sample);
        }
        if (node.body.kind !== "character") walk(node.body, before);
        return before + sampleOf(node);
      }
      case "character":
        if (heads.size < 4) heads.add(before);
        for (const sample of node.samples) pumps.add(sample);
        return before + sampleOf(node);
      default:
        return before;
    }
  };
  const whole = walk(pattern, "");
  pumps.add(whole).add(whole.slice(0, -1)).add(whole.slice(0, Math.ceil(whole.length / 2)));
  const beginnings = [...heads].filter((head) => head.length < 60).slice(0, 12);
  // What stands before a loop, many times over, is where a search starts anew.
  for (const head of beginnings) pumps.add(head);
  const parts = [...pumps].filter((pump) => pump !== "" && pump.length < 60).slice(0, 32);
  return beginnings.flatMap((head) =>
    parts.flatMap((pump) => [NOTHING, ""].map((tail) => ({ head, pump, tail })))
  );
}

/** An attack of about that many characters. */
export function textOf({ head, pump, tail }: Attack, length: number): string {
  return head + pump.repeat(Math.ceil(length / pump.length)) + tail;
}
