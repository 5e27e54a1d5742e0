import type { Atlas } from "./atlas.ts";
import type { View } from "../view.ts";
import { inTenths, tenth } from "../xml.ts";

/** The radius of the globe in pixels. */
export const GLOBE_RADIUS = 48;
/** What a view shows is ringed on the globe when it is smaller than this, and outlined else. */
const DOT = 8;
/** A view that is larger than this on the globe shows more than a globe does. */
const WHOLE = 1.6 * GLOBE_RADIUS;

/** The globe with what a view shows marked on it, about 0, 0; none where that is about all of it. */
export function globeOf(view: View, atlas: Atlas): string | undefined {
  const { land, frame, middle, size } = atlas.globe(view, GLOBE_RADIUS);
  if (size > WHOLE) return undefined;
  const [x, y] = middle.map(tenth);
  const marker = size < DOT
    ? `<circle class="here" cx="${x}" cy="${y}" r="6"/><circle class="dot" cx="${x}" cy="${y}" r="1.8"/>`
    : inTenths(`<path class="there" d="${frame}"/>`);
  return `<circle class="sea" r="${GLOBE_RADIUS}"/>${
    inTenths(`<path class="globe" d="${land}"/>`)
  }${marker}<circle class="edge" r="${GLOBE_RADIUS}"/>`;
}
