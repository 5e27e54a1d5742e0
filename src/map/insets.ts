import type { Atlas } from "./coast/atlas.ts";
import { metresPerPixel, toPlace, type View } from "./view.ts";
import { inTenths, tenth, xmlText } from "./xml.ts";

/** A length to compare others with. */
export interface ScaleBar {
  /** In pixels. */
  readonly length: number;
  /** In metres or kilometres. */
  readonly text: string;
}

const MOST_PIXELS = 64;
/** How much the scale may differ between the upper and the lower edge for one bar to tell the truth. */
const TOLERANCE = 1.35;

/** The scale bar of a map; none where the scale differs much within it. */
export function scaleBarOf(view: View): ScaleBar | undefined {
  const { width, height, projection } = view;
  const latitudes = [0, height / 2, height].map((y) => toPlace(view, width / 2, y)[1]);
  const scales = latitudes.map((latitude) => Math.cos(latitude * Math.PI / 180));
  const isTrue = projection.kind === "azimuthal"
    ? Math.max(...latitudes) - Math.min(...latitudes) < 50
    : Math.max(...scales) / Math.min(...scales) < TOLERANCE;
  if (!isTrue) return undefined;
  const metres = metresPerPixel(view);
  const most = metres * MOST_PIXELS;
  const power = 10 ** Math.floor(Math.log10(most));
  const length = ([5, 2, 1].find((factor) => factor * power <= most) ?? 1) * power;
  return {
    length: length / metres,
    text: length >= 1_000 ? `${length / 1_000} km` : `${length} m`,
  };
}

/** Draws how long a length on a map is, as a part of an SVG that stands beside the map, where it lies on no footprint. */
export function drawScaleBar(view: View): { readonly svg: string; readonly height: number } {
  const bar = scaleBarOf(view);
  if (bar === undefined) return { svg: "", height: 0 };
  return {
    svg: `<path class="ink" d="M1 6v5h${tenth(bar.length)}v-5"/><text x="${
      tenth(bar.length + 8)
    }" y="12">${bar.text}</text>`,
    height: 20,
  };
}

/** What stands beside a map and says where in the world that is, as a part of an SVG. */
export interface Locator {
  /** What is drawn, from 0, 0. */
  readonly svg: string;
  /** How high it is, in pixels. */
  readonly height: number;
}

/** How a locator is drawn. */
export interface LocatorOptions {
  /** How wide it is, in pixels: globe and words stand in its middle. */
  readonly width: number;
}

/** The radius of the globe in pixels. */
export const GLOBE_RADIUS = 48;
/** What a view shows is ringed on the globe when it is smaller than this, and outlined else. */
const DOT = 8;
/** A view that is larger than this on the globe shows more than a globe does. */
const WHOLE = 1.6 * GLOBE_RADIUS;
/** How high a line of the words below the globe is, and how many characters it has at the most. */
const WORDS = { height: 15, most: 24 };

/** Draws the globe with what a view shows marked on it, and below it where that is in words, as far as there is either. */
export function locatorOf(view: View, atlas: Atlas, { width }: LocatorOptions): Locator {
  const globe = globeOf(view, atlas);
  const place = atlas.place(view);
  const words = [place?.where, place?.nearest].filter((word) => word !== undefined);
  const size = globe === undefined ? 0 : 2 * GLOBE_RADIUS + 2;
  const lines = words.map((word, index) =>
    `<text class="c${index === 0 ? " b" : ""}" x="${width / 2}" y="${
      size + 14 + index * WORDS.height
    }">${xmlText(word, WORDS.most)}</text>`
  );
  return {
    svg:
      (globe === undefined
        ? ""
        : `<g transform="translate(${width / 2} ${GLOBE_RADIUS + 1})">${globe}</g>`) +
      lines.join(""),
    height: size + (lines.length === 0 ? 0 : 6 + lines.length * WORDS.height),
  };
}

/** The globe with what a view shows marked on it, about 0, 0; none where that is about all of it. */
function globeOf(view: View, atlas: Atlas): string | undefined {
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
