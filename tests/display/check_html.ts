import { assert, assertEquals, assertMatch } from "@std/assert";

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  div: ["class", "style"],
  table: ["style"],
  caption: ["style", "title"],
  thead: [],
  tbody: [],
  tr: ["style"],
  th: ["scope", "style"],
  td: ["style", "title"],
  span: ["style", "title"],
  strong: [],
  code: ["style"],
  bdi: [],
  br: [],
  a: ["href", "target", "rel"],
  img: ["alt", "src", "style"],
};

/** What JupyterLab's sanitizer lets through, as far as it is used. */
const DECLARATION =
  /^(?:(?:margin|padding|border-radius|font-size|line-height|(?:min-|max-)?width)(?:-\w+)?:(?:(?:\d*\.)?\d+(?:px|em|%)?|auto)(?: (?:\d+(?:px|%)?|auto))*|border(?:-\w+)?:(?:none|\d+px solid (?:#[0-9a-f]{6}|rgba\(128,128,128,0\.\d+\))|collapse)|opacity:0\.\d+|font-weight:600|text-align:(?:left|right)|vertical-align:baseline|white-space:(?:normal|nowrap)|overflow-x:auto|overflow-wrap:(?:break-word|anywhere)|table-layout:auto|caption-side:top|display:(?:inline-)?block|background(?:-color)?:(?:transparent|#[0-9a-f]{6}|rgba\(128,128,128,0\.\d+\))|color:#ffffff)$/;

/**
 * Fails unless HTML is made of known elements with known attributes only, well nested, every text
 * escaped, every link `http:` or `https:`. It answers the text that a reader sees.
 */
export function checkHtml(html: string): string {
  const open: string[] = [];
  let text = "";
  let at = 0;
  const tag = /<(\/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)>/y;
  while (at < html.length) {
    if (html[at] !== "<") {
      const end = html.indexOf("<", at);
      const run = html.slice(at, end === -1 ? undefined : end);
      text += decode(run);
      at += run.length;
      continue;
    }
    tag.lastIndex = at;
    const match = tag.exec(html);
    assert(match !== null, `Not an element: ${html.slice(at, at + 80)}`);
    const [whole = "", slash, name = "", attributes = ""] = match ?? [];
    at += whole.length;
    assert(name in ATTRIBUTES, `Unexpected element <${name}>`);
    if (slash === "/") assertEquals(open.pop(), name, "Elements are not well nested");
    else {
      if (name !== "br" && name !== "img") open.push(name);
      checkAttributes(name, attributes, open.length === 1);
    }
    if (name === "br" || (slash === "/" && /^(?:caption|t[dh])$/.test(name))) text += "\n";
  }
  assertEquals(open, [], "Elements are left open");
  return text;
}

function checkAttributes(name: string, attributes: string, root: boolean): void {
  const seen = new Map(
    [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = "", value = ""]) =>
      [key, decode(value)] as const
    ),
  );
  for (const [key, value] of seen) {
    assert(ATTRIBUTES[name]?.includes(key), `Unexpected attribute ${key} of <${name}>`);
    if (key === "style") {
      for (const declaration of value.split(";")) assertMatch(declaration, DECLARATION);
    }
    if (key === "title") assert([...value].length <= 500, "A tooltip is too long");
    if (key === "class") assert(root, "Only the root has a class");
  }
  if (root && name === "div") assertEquals(seen.get("class"), "tex2jax_ignore mathjax_ignore");
  if (name === "a") {
    assertMatch(seen.get("href") ?? "", /^https?:\/\//);
    assertEquals(seen.get("rel"), "noopener noreferrer");
  }
  if (name === "img") assertMatch(seen.get("src") ?? "", /^data:image\/[a-z+]+;base64,/);
}

function decode(text: string): string {
  assert(!/[<>"'`]/.test(text), `Not escaped: ${text.slice(0, 80)}`);
  assert(!/&(?!#\d+;)/.test(text), `An ampersand is not escaped: ${text.slice(0, 80)}`);
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
