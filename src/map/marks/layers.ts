import { createPen } from "../pen.ts";
import type { View } from "../view.ts";
import { fitsMark, fitsNumber, type Marking, markingOf, placesOf } from "./labels.ts";
import { layerOf, type Look, lookOf } from "../status.ts";
import { rasterOf } from "./raster.ts";
import {
  areaOf,
  boxAround,
  overlap,
  type PixelBox,
  type PixelLine,
  type PlaneLine,
  type Shape,
  stripsOf,
} from "./shapes.ts";

/** The footprints as they are painted. */
export interface Layers {
  /** Several of a look each; large ones below small ones, and those to act on last. */
  readonly layers: readonly Layer[];
  /** Whether each footprint is drawn by itself, or several as one where they are too small to tell apart. */
  readonly merged: boolean;
  /** How large the marks are, in pixels; 0 where there is no room for any. */
  readonly markSize: number;
  /** How many footprints lie wholly beneath others that are exactly as large. */
  readonly hidden: number;
  /** The edges of those that lie over each other, as the path of an SVG in tenths of a pixel. */
  readonly edges: string;
}

/** Some footprints of one look. */
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
  /** The numbers of jobs, and where they begin, in pixels. */
  readonly numbers: readonly (readonly [x: number, y: number, text: string])[];
}

/** Beyond so many footprints, they are merged; and beyond so many lines and points. */
const MOST_ALONE = { footprints: 500, lines: 5_000, positions: 200_000 };
/** The most characters of all paths before footprints are merged, and of the merged ones. */
const ROOM = 150_000;
/** More jobs over the same place than this do not share it: the one to act on is seen. */
const MOST_STRIPS = 8;
/** A strip is at least so wide, in pixels. */
const LEAST_STRIP = 8;

/** Paints shapes in a view. */
export function layersOf(shapes: readonly Shape[], view: View, room: number = ROOM): Layers {
  const byStatus = [...Map.groupBy(shapes, ({ status }) => status)];
  const painted = byStatus.sort(([a], [b]) => layerOf(a) - layerOf(b)).flatMap(([, some]) => some);
  return isMuch(shapes)
    ? mergedLayers(painted, view, room)
    : singleLayers(painted, view, room) ?? mergedLayers(painted, view, room);
}

function isMuch(shapes: readonly Shape[]): boolean {
  if (shapes.length > MOST_ALONE.footprints) return true;
  let [amount, positions] = [0, 0];
  for (const { rings, lines } of shapes) {
    amount += rings.length + lines.length;
    if (amount > MOST_ALONE.lines) return true;
    for (const line of [...rings, ...lines]) positions += line.length / 2;
  }
  return positions > MOST_ALONE.positions;
}

function mergedLayers(shapes: readonly Shape[], view: View, room: number): Layers {
  const byStatus = new Map<string | undefined, Look>();
  const named = shapes.map((shape) => {
    const look = byStatus.get(shape.status) ?? lookOf(shape.status);
    byStatus.set(shape.status, look);
    return [shape, look.name] as const;
  });
  const looks = new Map([...byStatus.values()].map((look) => [look.name, look]));
  const { cell, paths } = rasterOf(named, view, room);
  const layers = [...looks.values()].map((look): Layer => ({
    look,
    areas: paths.get(look.name) ?? "",
    lines: "",
    unit: cell,
    marks: [],
    numbers: [],
  }));
  return { layers, merged: true, markSize: 0, hidden: 0, edges: "" };
}

interface Drawn {
  readonly look: Look;
  readonly label: string | undefined;
  readonly rings: readonly PixelLine[];
  readonly areas: string;
  readonly lines: string;
  readonly box: PixelBox;
  readonly middle: readonly [number, number];
}

function singleLayers(shapes: readonly Shape[], view: View, room: number): Layers | undefined {
  const places = new Map<string, Drawn[]>();
  let length = 0;
  for (const shape of shapes) {
    const drawn = drawShape(shape, view);
    length += drawn.areas.length + drawn.lines.length;
    if (length > room) return undefined;
    const key = drawn.areas + drawn.lines;
    const here = places.get(key);
    if (here === undefined) places.set(key, [drawn]);
    else here.push(drawn);
  }
  const all = [...places.values()].flatMap(share);
  // What is painted later comes to lie on top: small ones on large ones.
  const levels = new Map(all.map((each) => [each, Math.round(Math.log2(1 + areaOf(each.box)))]));
  const level = (each: Drawn) => levels.get(each) ?? 0;
  all.sort((a, b) => level(b) - level(a));
  const marking = markingOf(all);
  const crossed = crossedOf(all);
  return {
    merged: false,
    markSize: marking.size,
    hidden: shapes.length - all.length,
    edges: absolute([...crossed].map(({ areas }) => areas)),
    layers: runsOf(all, crossed).map((run) => layerOfRun(run, marking)),
  };
}

/** What lies at exactly the same place shares it, strip by strip; where there is no room for that, the last is seen. */
function share(here: readonly Drawn[]): readonly Drawn[] {
  const last = here.at(-1);
  if (last === undefined || here.length === 1) return here;
  const width = (last.box.right - last.box.left) / here.length;
  if (here.length > MOST_STRIPS || width < LEAST_STRIP || last.rings.length === 0) return [last];
  const strips = stripsOf(last.rings, here.length);
  return here.flatMap((drawn, index) => {
    const rings = strips[index] ?? [];
    return rings.length === 0 ? [] : [{ ...drawn, ...drawRings(rings) }];
  });
}

/**
 * Neighbours in the order of painting that look the same, as one layer. What lies over another is one by itself: areas
 * of one path take away from each other where they overlap.
 */
function runsOf(all: readonly Drawn[], crossed: ReadonlySet<Drawn>): Drawn[][] {
  const runs: Drawn[][] = [];
  for (const each of all) {
    const run = runs.at(-1);
    const [before] = run ?? [];
    const joins = before?.look.name === each.look.name && !crossed.has(before) &&
      !crossed.has(each);
    if (joins) run?.push(each);
    else runs.push([each]);
  }
  return runs;
}

function layerOfRun(run: readonly Drawn[], marking: Marking): Layer {
  const marks: (readonly [number, number])[] = [];
  const numbers: (readonly [number, number, string])[] = [];
  for (const each of run) {
    const [x, y] = each.middle;
    const { label = "" } = each;
    if (fitsNumber(each, marking)) {
      const { mark, number } = placesOf(label, marking);
      marks.push([x + mark[0], y + mark[1]]);
      numbers.push([x + number[0], y + number[1], label]);
    } else if (fitsMark(each, marking)) marks.push([x, y]);
  }
  return {
    look: run[0]?.look ?? lookOf(undefined),
    areas: absolute(run.map(({ areas }) => areas)),
    lines: absolute(run.map(({ lines }) => lines)),
    unit: 0.1,
    marks,
    numbers,
  };
}

/** What lies over something else, or below it. */
function crossedOf(all: readonly Drawn[]): ReadonlySet<Drawn> {
  const areas = all.filter(({ rings }) => rings.length > 0);
  const crossed = new Set<Drawn>();
  for (const [index, a] of areas.entries()) {
    for (const b of areas.slice(index + 1)) {
      if (overlap(a, b)) crossed.add(a).add(b);
    }
  }
  return crossed;
}

/** Paths one after the other: what begins a path relative to nothing begins it at the origin. */
function absolute(paths: readonly string[]): string {
  return paths.filter((path) => path !== "").map((path) => `M${path.slice(1)}`).join("");
}

function drawShape({ rings, lines, status, label }: Shape, view: View): Drawn {
  const areas = createPen({ tiny: "square", least: 2.5 });
  const strokes = createPen({ tiny: "square", least: 4 });
  const pixels = rings.map((ring) => toPixels(ring, view));
  const drawn = drawRings(pixels);
  for (const line of lines) {
    const placed = toPixels(line, view);
    if (placed.length > 2) drawLine(placed, strokes);
    else {
      drawLine(placed, areas);
      areas.closePath();
    }
  }
  const points = areas.end();
  const { areas: path } = drawn;
  return {
    look: lookOf(status),
    label,
    ...drawn,
    areas: path === "" || points === "" ? path + points : `${path}M${points.slice(1)}`,
    lines: strokes.end(),
  };
}

/** The path of rings, how far they reach, and where their mark goes. */
function drawRings(
  rings: readonly PixelLine[],
): Pick<Drawn, "rings" | "areas" | "box" | "middle"> {
  const pen = createPen({ tiny: "square", least: 2.5 });
  let largest: PixelBox = { left: 0, top: 0, right: 0, bottom: 0 };
  let middle: readonly [number, number] = [0, 0];
  for (const [index, ring] of rings.entries()) {
    drawLine(ring, pen);
    pen.closePath();
    const box = boxAround([ring]);
    if (index === 0 || areaOf(box) > areaOf(largest)) {
      largest = box;
      middle = centroidOf(ring) ?? [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    }
  }
  return { rings, areas: pen.end(), box: largest, middle };
}

function drawLine(pixels: PixelLine, pen: ReturnType<typeof createPen>): void {
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

function centroidOf(pixels: PixelLine): [number, number] | undefined {
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
