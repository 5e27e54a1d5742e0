import { assert, assertEquals, assertMatch } from "@std/assert";

const ELEMENTS = new Set([
  "svg",
  "style",
  "defs",
  "clipPath",
  "pattern",
  "g",
  "rect",
  "circle",
  "path",
  "use",
  "text",
  "image",
]);

/** The text of the SVG that a picture's `src` holds. */
export function svgOf(src: string): string {
  const [, data = ""] = src.match(/^data:image\/svg\+xml;base64,([A-Za-z0-9+/]+={0,2})$/) ?? [];
  assert(data !== "", `Not a picture: ${src.slice(0, 60)}`);
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.fromBase64(data));
}

/**
 * Fails unless an SVG is well-formed XML of known elements, refers to nothing but parts of its own, holds no
 * script, and has numbers wherever it draws. It answers the texts that a reader sees.
 */
export function checkSvg(svg: string): string[] {
  const open: string[] = [];
  const texts: string[] = [];
  const ids = new Set([...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  const tag = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z-]+="[^"<>&]*")*)(\/?)>/y;
  let at = 0;
  while (at < svg.length) {
    if (svg[at] !== "<") {
      const end = svg.indexOf("<", at);
      const run = svg.slice(at, end === -1 ? undefined : end);
      if (open.at(-1) === "text") texts.push(decode(run));
      else assertEquals(open.at(-1), "style", `Text outside of texts: ${run.slice(0, 60)}`);
      at += run.length;
      continue;
    }
    tag.lastIndex = at;
    const match = tag.exec(svg);
    assert(match !== null, `Not an element: ${svg.slice(at, at + 80)}`);
    const [whole = "", slash, name = "", attributes = "", empty] = match ?? [];
    at += whole.length;
    assert(ELEMENTS.has(name), `Unexpected element <${name}>`);
    if (slash === "/") assertEquals(open.pop(), name, "Elements are not well nested");
    else {
      checkAttributes(attributes, ids);
      if (empty === "") open.push(name);
    }
  }
  assertEquals(open, [], "Elements are left open");
  const style = svg.match(/<style>(.*?)<\/style>/)?.[1] ?? "";
  assertMatch(style, /@media\(prefers-color-scheme:dark\)/);
  assert(!/url|import|&/.test(style), "The style sheet refers to something");
  return texts;
}

function checkAttributes(attributes: string, ids: ReadonlySet<string | undefined>): void {
  const seen = new Set<string>();
  for (const [, name = "", value = ""] of attributes.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g)) {
    assert(!seen.has(name), `The attribute ${name} is there twice`);
    seen.add(name);
    assert(!/^on/i.test(name), `Unexpected attribute ${name}`);
    const isRaster = name === "href" && /^data:image\/png;base64,[A-Za-z0-9+/]+={0,2}$/.test(value);
    if (isRaster || (name === "style" && value === "image-rendering:pixelated")) continue;
    if (name !== "xmlns") {
      assert(!/:|NaN|Infinity|undefined/.test(value), `${name}="${value.slice(0, 80)}"`);
    }
    if (name === "d") assertMatch(value, /^[-MmLlHhVvAaQqZz0-9. ]*$/);
    for (const [, id] of value.matchAll(/#([a-z][\w-]*)/g)) {
      if (/^#/.test(value) && name !== "href") continue;
      assert(ids.has(id), `Nothing is called ${id}`);
    }
  }
}

function decode(text: string): string {
  assert(!/[<>"'`]/.test(text), `Not escaped: ${text.slice(0, 80)}`);
  assert(!/&(?!#\d+;)/.test(text), `An ampersand is not escaped: ${text.slice(0, 80)}`);
  assert(!/[^\P{Cc}]|[\ufffe\uffff]/u.test(text), "A character that XML cannot hold");
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
