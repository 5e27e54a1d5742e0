/** A regular expression taken apart. */
export type Node =
  | {
    readonly kind: "character";
    readonly fits: (character: string) => boolean;
    /** Characters that it takes, unlike each other: of words, and not. */
    readonly samples: readonly string[];
  }
  | { readonly kind: "sequence"; readonly items: readonly Node[] }
  | { readonly kind: "choice"; readonly options: readonly Node[] }
  | {
    readonly kind: "loop";
    readonly body: Node;
    readonly least: number;
    readonly most: number;
    readonly lazy: boolean;
  }
  | {
    readonly kind: "look";
    readonly body: Node;
    readonly behind: boolean;
    readonly negative: boolean;
  }
  | { readonly kind: "edge"; readonly which: string }
  | { readonly kind: "group"; readonly index: number; readonly body: Node }
  | { readonly kind: "reference"; readonly index: number };

/** Characters to tell by which of them a class takes. */
const CANDIDATES = [
  ..."a0 /\\\"'<>=-.:@_+%{}[]()#?&;,!~|*^$`Ab9Zezx\n\t\r\u001b\u009b\u0301\u200d\u202e\u4e00\ue000",
];

/** Takes a regular expression of this package apart; one that uses what is not known here is refused. */
export function parse(source: string, flags: string): Node {
  let at = 0;
  let groups = 0;
  const unit = flags.includes("u") || flags.includes("v");
  const characterFlags = [...flags].filter((flag) => "iusv".includes(flag)).join("");

  const character = (text: string): Node => {
    const pattern = new RegExp(`^${text}$`, characterFlags);
    const known = new Map<string, boolean>();
    const fits = (one: string) => {
      const answer = known.get(one) ?? pattern.test(one);
      known.set(one, answer);
      return answer;
    };
    // A character that stands for itself is the best sample of itself.
    const itself = text.replace(/^\\(?=[^\w])/, "");
    const samples = itself.length === 1 ? [itself, ...CANDIDATES] : CANDIDATES;
    const first = samples.find(fits) ?? "";
    const other = samples.find((one) => fits(one) && /\w/.test(one) !== /\w/.test(first));
    return { kind: "character", fits, samples: other === undefined ? [first] : [first, other] };
  };

  const choice = (): Node => {
    const options = [sequence()];
    while (source[at] === "|") {
      at++;
      options.push(sequence());
    }
    return options.length === 1 && options[0] !== undefined
      ? options[0]
      : { kind: "choice", options };
  };

  const sequence = (): Node => {
    const items: Node[] = [];
    while (at < source.length && source[at] !== "|" && source[at] !== ")") items.push(quantified());
    return { kind: "sequence", items };
  };

  const quantified = (): Node => {
    const body = atom();
    const [whole, sign, least, comma, most] =
      /^(?:([*+?])|\{(\d+)(,)?(\d*)\})\??/.exec(source.slice(at)) ?? [];
    if (whole === undefined) return body;
    at += whole.length;
    return {
      kind: "loop",
      body,
      least: sign === "+" ? 1 : Number(least ?? 0),
      most: sign === "?"
        ? 1
        : sign !== undefined || (comma !== undefined && most === "")
        ? Infinity
        : Number(comma === undefined ? least : most),
      lazy: whole.length > 1 && whole.endsWith("?"),
    };
  };

  const atom = (): Node => {
    const rest = source.slice(at);
    if (rest.startsWith("(")) return group(rest);
    if (rest.startsWith("[")) {
      let end = 1;
      while (rest[end] !== "]") end += rest[end] === "\\" ? 2 : 1;
      at += end + 1;
      return character(rest.slice(0, end + 1));
    }
    const edge = /^(?:\^|\$|\\[bB])/.exec(rest)?.[0];
    if (edge !== undefined) {
      at += edge.length;
      return { kind: "edge", which: edge };
    }
    const reference = /^\\([1-9])/.exec(rest)?.[1];
    if (reference !== undefined) {
      at += 2;
      return { kind: "reference", index: Number(reference) };
    }
    const one =
      (unit
        ? /^(?:\\(?:u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[pP]\{[^}]*\}|[^])|[^])/u
        : /^(?:\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|[^])|[^])/).exec(rest)?.[0] ?? "";
    at += one.length;
    return character(one);
  };

  const group = (rest: string): Node => {
    const opening = /^\((?:\?(?:<?[=!]|:|<(\w+)>))?/.exec(rest)?.[0] ?? "(";
    at += opening.length;
    const index = opening === "(" || /<\w/.test(opening) ? ++groups : 0;
    const body = choice();
    at++;
    if (/[=!]$/.test(opening)) {
      return {
        kind: "look",
        body,
        behind: opening.includes("<"),
        negative: opening.endsWith("!"),
      };
    }
    return index === 0 ? body : { kind: "group", index, body };
  };

  const node = choice();
  if (at !== source.length) throw new Error(`Cannot take apart /${source}/ at ${at}`);
  return node;
}

/** Whether a part of a pattern can be repeated without end; where none can, its work has a bound for each place. */
export function isBounded(node: Node): boolean {
  switch (node.kind) {
    case "sequence":
      return node.items.every(isBounded);
    case "choice":
      return node.options.every(isBounded);
    case "group":
    case "look":
      return isBounded(node.body);
    case "loop":
      return node.most < Infinity && isBounded(node.body);
    default:
      return true;
  }
}

/** A short text that a pattern takes, as far as one can be made without trying. */
export function sampleOf(node: Node): string {
  switch (node.kind) {
    case "character":
      return node.samples[0] ?? "";
    case "sequence":
      return node.items.map(sampleOf).join("");
    case "choice":
      return node.options[0] === undefined ? "" : sampleOf(node.options[0]);
    case "loop":
      return sampleOf(node.body).repeat(Math.max(1, Math.min(node.least, 20)));
    case "group":
      return sampleOf(node.body);
    default:
      return "";
  }
}
