import type { Look } from "./marks.ts";

/** The side of a mark's drawing. */
const MARK = 11;
/** The side of a pattern's tile, in pixels. */
const TILE = 6;

/** The attributes of what is filled like footprints of a look: with a pattern where marks have no room. */
export function fillOf({ name, color, pattern, opacity }: Look, markSize: number): string {
  const fill = markSize === 0 && pattern !== "" ? `url(#pattern-${name})` : color;
  return `fill="${fill}" fill-opacity="${opacity}"`;
}

/** The marks of looks, or their patterns where marks have no room, to be referred to by name. */
export function fillDefinitions(
  looks: Iterable<Look>,
  { unit, markSize }: { readonly unit: number; readonly markSize: number },
): string {
  const byName = new Map([...looks].map((look) => [look.name, look]));
  return [...byName.values()].map(({ name, color, mark, pattern }) => {
    if (markSize > 0) return mark === "" ? "" : `<g id="mark-${name}" class="mark">${mark}</g>`;
    return pattern === ""
      ? ""
      : `<pattern id="pattern-${name}" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse" patternTransform="scale(${
        1 / unit
      })"><rect fill="${color}" width="${TILE}" height="${TILE}"/><g class="pat">${pattern}</g></pattern>`;
  }).join("");
}

/** By how much a mark is to be enlarged to be so large, in pixels. */
export function markScale(size: number): number {
  return Math.round(size / MARK * 100) / 100;
}
