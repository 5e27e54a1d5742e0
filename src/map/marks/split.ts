/** A ring or line in pixels: x and y in turns. */
export type PixelLine = readonly number[];

/** How far something reaches, in pixels. */
export interface PixelBox {
  /** The left edge. */
  readonly left: number;
  /** The upper edge. */
  readonly top: number;
  /** The right edge. */
  readonly right: number;
  /** The lower edge. */
  readonly bottom: number;
}

/** How far lines reach together. */
export function boxAround(lines: readonly PixelLine[]): PixelBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of lines) {
    for (let index = 0; index < line.length; index += 2) {
      const [x = 0, y = 0] = [line[index], line[index + 1]];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return { left, top, right, bottom };
}

/**
 * Cuts rings into so many upright strips of the same width: jobs over the same place share it, and each can be seen.
 */
export function stripsOf(rings: readonly PixelLine[], amount: number): PixelLine[][] {
  const { left, right } = boxAround(rings);
  const width = (right - left) / amount;
  return Array.from(
    { length: amount },
    (_, index) =>
      rings.map((ring) => cut(cut(ring, left + index * width, 1), left + (index + 1) * width, -1))
        .filter((ring) => ring.length >= 6),
  );
}

/** What of a ring lies right of an upright line, or left of it (Sutherland and Hodgman). */
function cut(ring: PixelLine, edge: number, side: 1 | -1): PixelLine {
  const kept: number[] = [];
  let x0 = ring.at(-2) ?? 0;
  let y0 = ring.at(-1) ?? 0;
  for (let index = 0; index < ring.length; index += 2) {
    const [x1 = 0, y1 = 0] = [ring[index], ring[index + 1]];
    const [was, is] = [(x0 - edge) * side, (x1 - edge) * side];
    if ((was >= 0) !== (is >= 0)) kept.push(edge, y0 + (y1 - y0) * was / (was - is));
    if (is >= 0) kept.push(x1, y1);
    [x0, y0] = [x1, y1];
  }
  return kept;
}

/** An area: its outer ring first, and how far it reaches. */
export interface PixelArea {
  readonly rings: readonly PixelLine[];
  /** How far it reaches. */
  readonly box: PixelBox;
}

/** How far from its edge towards its middle a place of an area is looked at: neighbours share an edge, or nearly. */
const INWARD = 0.12;
/** So many places of an edge are looked at, at the most. */
const MOST_PLACES = 16;

/** Whether two areas share more than an edge. */
export function overlap(a: PixelArea, b: PixelArea): boolean {
  const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
  const up = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
  if (across < 1 || up < 1) return false;
  return placesIn(a).some((place) => within(place, b)) ||
    placesIn(b).some((place) => within(place, a));
}

/** Places that lie in an area, as far as it is no crescent. */
function placesIn({ rings: [ring = []], box }: PixelArea): (readonly [number, number])[] {
  const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2] as const;
  const places: (readonly [number, number])[] = [middle];
  const step = 2 * Math.max(1, Math.ceil(ring.length / 2 / MOST_PLACES));
  for (let index = 0; index < ring.length; index += step) {
    const [x = 0, y = 0] = [ring[index], ring[index + 1]];
    places.push([x + (middle[0] - x) * INWARD, y + (middle[1] - y) * INWARD]);
  }
  return places;
}

/** Whether a place lies within an area, by the rule that every edge crossed changes sides. */
function within([x, y]: readonly [number, number], { rings }: PixelArea): boolean {
  let inside = false;
  for (const ring of rings) {
    let x0 = ring.at(-2) ?? 0;
    let y0 = ring.at(-1) ?? 0;
    for (let index = 0; index < ring.length; index += 2) {
      const [x1 = 0, y1 = 0] = [ring[index], ring[index + 1]];
      if ((y0 > y) !== (y1 > y) && x0 + (x1 - x0) * (y - y0) / (y1 - y0) > x) inside = !inside;
      [x0, y0] = [x1, y1];
    }
  }
  return inside;
}

/** The area of a reach, in square pixels. */
export function areaOf({ left, top, right, bottom }: PixelBox): number {
  return (right - left) * (bottom - top);
}
