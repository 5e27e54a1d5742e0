import type { Random } from "./random.ts";

/** Texts that have broken something somewhere. */
const TEXTS = [
  "",
  " ",
  "\0",
  "__proto__",
  "constructor",
  "toString",
  "\ud800",
  "\u202e\u2066",
  "\u001b[31m",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "https://user:s3cret@x.test/?token=s3cret",
  "2026-11-23T15:38:21",
  "0000-00-00T99:99:99Z",
  "finished",
  "running",
  "unknown",
  "openeo",
  "ogc_api_process",
  "[403] TokenInvalid: no",
  "JOB_NOT_FOUND",
  "農業監測",
  "👩‍👩‍👧‍👦",
  "x".repeat(300),
  "$$x$$ |a|b| `c` **d**",
];

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.5,
  90,
  -90,
  180,
  -180,
  360,
  1e308,
  -1e308,
  5e-324,
  2 ** 53,
  -(2 ** 53),
  2 ** 31,
  NaN,
  Infinity,
];

/** A value of any kind that JSON can hold, and numbers that it cannot. */
export function anything(random: Random, depth = 3): unknown {
  switch (random.below(depth > 0 ? 8 : 6)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
    case 3:
      return random.chance(0.3) ? (random.next() - 0.5) * 400 : random.pick(NUMBERS);
    case 4:
    case 5:
      return random.pick(TEXTS);
    case 6:
      return Array.from({ length: random.below(4) }, () => anything(random, depth - 1));
    default:
      return Object.fromEntries(
        Array.from(
          { length: random.below(4) },
          () => [random.pick(TEXTS), anything(random, depth - 1)],
        ),
      );
  }
}

/** A value with something changed in it, here and there: replaced, left out, added, doubled. */
export function mutated(random: Random, value: unknown, share = 0.08): unknown {
  if (random.chance(share)) return anything(random);
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => {
      const changed = mutated(random, item, share);
      if (random.chance(share / 4)) return [];
      return random.chance(share / 4) ? [changed, changed] : [changed];
    });
    return random.chance(share / 4) ? [...items, anything(random)] : items;
  }
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value).flatMap(([name, item]) =>
      random.chance(share / 4)
        ? []
        : [[random.chance(share / 8) ? random.pick(TEXTS) : name, mutated(random, item, share)]]
    );
    if (random.chance(share)) pairs.push([random.pick(TEXTS), anything(random)]);
    return Object.fromEntries(pairs);
  }
  return value;
}

/** A text with something cut out of it, put into it, or turned round. */
export function garbled(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  switch (random.below(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + random.pick(TEXTS) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random.below(20));
    case 3:
      return text + text.slice(at);
    default:
      return text;
  }
}
