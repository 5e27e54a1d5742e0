import { metresPerPixel, toPlace, type View } from "./view.ts";
import { tenth } from "./xml.ts";

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
