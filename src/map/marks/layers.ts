import { layerOf, type Look, lookOf } from "./marks.ts";
import { createPen } from "../pen.ts";
import { rasterOf } from "./raster.ts";
import type { PlaneLine, Shape } from "./shapes.ts";
import type { View } from "../view.ts";

/** The footprints as they are painted. */
export interface Layers {
  /** One for each look, those to act on last. */
  readonly layers: readonly Layer[];
  /** Whether each footprint is drawn by itself, or several as one where they are too small to tell apart. */
  readonly merged: boolean;
  /** How large the marks are, in pixels; 0 where there is no room for any. */
  readonly markSize: number;
  /** How many footprints lie wholly beneath others that are exactly as large. */
  readonly hidden: number;
}

/** The footprints of one look. */
export interface Layer {
  /** How they look. */
  readonly look: Look;
  /** Their areas as the path of an SVG. */
  readonly areas: string;
  /** Their lines and points as the path of an SVG, in tenths of a pixel. */
  readonly lines: string;
  /** By how much the path of the areas is to be enlarged. */
  readonly unit: number;
  /** Where marks go, in pixels. */
  readonly marks: readonly (readonly [x: number, y: number])[];
}

/** Beyond so many footprints, they are merged. */
const MOST_ALONE = 500;
/** The most characters of all paths before footprints are merged, and of the merged ones. */
const ROOM = 150_000;
/** The marks that can be read, and those that are large enough, in pixels. */
const MARK = { least: 6, most: 20 };
/** Marks stand back where there are many. */
const SHARE = 0.48;

/** Paints shapes in a view. */
export function layersOf(shapes: readonly Shape[], view: View): Layers {
  const byStatus = [...Map.groupBy(shapes, ({ status }) => status)];
  const painted = byStatus.sort(([a], [b]) => layerOf(a) - layerOf(b)).flatMap(([, some]) => some);
  return shapes.length > MOST_ALONE
    ? mergedLayers(painted, view)
    : singleLayers(painted, view) ?? mergedLayers(painted, view);
}

function mergedLayers(shapes: readonly Shape[], view: View): Layers {
  const byStatus = new Map<string | undefined, Look>();
  const named = shapes.map((shape) => {
    const look = byStatus.get(shape.status) ?? lookOf(shape.status);
    byStatus.set(shape.status, look);
    return [shape, look.name] as const;
  });
  const looks = new Map([...byStatus.values()].map((look) => [look.name, look]));
  const { cell, paths } = rasterOf(named, view, ROOM);
  const layers = [...looks.values()].map((look): Layer => ({
    look,
    areas: paths.get(look.name) ?? "",
    lines: "",
    unit: cell,
    marks: [],
  }));
  return { layers, merged: true, markSize: 0, hidden: 0 };
}

interface Drawn {
  readonly look: Look;
  readonly areas: string;
  readonly lines: string;
  readonly middle: readonly [number, number];
  readonly size: number;
}

function singleLayers(shapes: readonly Shape[], view: View): Layers | undefined {
  const places = new Map<string, Drawn>();
  let length = 0;
  for (const shape of shapes) {
    const drawn = drawShape(shape, view);
    length += drawn.areas.length + drawn.lines.length;
    if (length > ROOM) return undefined;
    const key = drawn.areas + drawn.lines;
    // What is painted later comes to lie on top.
    places.delete(key);
    places.set(key, drawn);
  }
  const all = [...places.values()];
  const sizes = all.map(({ size }) => size).sort((a, b) => a - b);
  const usual = (sizes[Math.floor(sizes.length / 2)] ?? 0) * SHARE;
  const markSize = usual < MARK.least ? 0 : Math.min(MARK.most, usual);
  const looks = Map.groupBy(all, ({ look }) => look.name);
  return {
    merged: false,
    markSize,
    hidden: shapes.length - all.length,
    layers: [...looks.values()].flatMap((members) => {
      const look = members[0]?.look;
      return look === undefined ? [] : [{
        look,
        areas: absolute(members.map(({ areas }) => areas)),
        lines: absolute(members.map(({ lines }) => lines)),
        unit: 0.1,
        marks: markSize === 0
          ? []
          : members.filter(({ size }) => size >= markSize).map(({ middle }) => middle),
      }];
    }),
  };
}

/** Paths one after the other: what begins a path relative to nothing begins it at the origin. */
function absolute(paths: readonly string[]): string {
  return paths.filter((path) => path !== "").map((path) => `M${path.slice(1)}`).join("");
}

function drawShape({ rings, lines, status }: Shape, view: View): Drawn {
  const areas = createPen({ tiny: "square", least: 2.5 });
  const strokes = createPen({ tiny: "square", least: 4 });
  let middle: readonly [number, number] = [0, 0];
  let size = 0;
  for (const ring of rings) {
    const pixels = toPixels(ring, view);
    drawLine(pixels, areas);
    areas.closePath();
    const box = boundsOf(pixels);
    if (box.size > size || size === 0) {
      size = Math.max(size, box.size);
      middle = centroidOf(pixels) ?? box.middle;
    }
  }
  for (const line of lines) {
    const pixels = toPixels(line, view);
    if (pixels.length > 2) drawLine(pixels, strokes);
    else {
      drawLine(pixels, areas);
      areas.closePath();
    }
  }
  return { look: lookOf(status), areas: areas.end(), lines: strokes.end(), middle, size };
}

function drawLine(pixels: readonly number[], pen: ReturnType<typeof createPen>): void {
  for (let index = 0; index < pixels.length; index += 2) {
    const [x = 0, y = 0] = [pixels[index], pixels[index + 1]];
    if (index === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
}

function toPixels(line: PlaneLine, { scale, origin }: View): number[] {
  return line.map((value, index) =>
    index % 2 === 0 ? origin[0] + scale * value : origin[1] - scale * value
  );
}

function boundsOf(pixels: readonly number[]): { size: number; middle: [number, number] } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < pixels.length; index += 2) {
    const [x = 0, y = 0] = [pixels[index], pixels[index + 1]];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return {
    size: Math.min(right - left, bottom - top),
    middle: [(left + right) / 2, (top + bottom) / 2],
  };
}

function centroidOf(pixels: readonly number[]): [number, number] | undefined {
  let [area, x, y] = [0, 0, 0];
  const [x0 = 0, y0 = 0] = pixels;
  for (let index = 0; index + 3 < pixels.length; index += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = pixels.slice(index, index + 4);
    const cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
    area += cross;
    x += cross * (ax + bx + x0) / 3;
    y += cross * (ay + by + y0) / 3;
  }
  return Math.abs(area) < 1 ? undefined : [x / area, y / area];
}
