import { extentOf } from "../../geo/extent.ts";
import { readGeometry } from "../../geo/read/read_geometry.ts";
import { movePositions } from "../../geo/walk.ts";
import type { Atlas } from "../../map/coast/atlas.ts";
import type { Legend } from "../../map/marks/legend.ts";
import { planeBoxOf, shapeOf } from "../../map/marks/shapes.ts";
import { projectionFor } from "../../map/projection.ts";
import { type View, viewOf } from "../../map/view.ts";
import { count } from "../../core/units.ts";
import { transformation } from "../raster/crs/crs.ts";
import { definitionOf } from "../raster/crs/known.ts";
import { cssOf, type PaletteName, paletteOf } from "../raster/colours.ts";
import type { Meaning } from "../raster/paint.ts";
import { statisticsOf } from "../raster/statistics.ts";
import { ResultsError } from "../results_error.ts";
import type { ValuedShape } from "../tables/geojson.ts";
import { boundsWords, drawGround, mapWidthOf } from "./frame.ts";
import { meaningLegend, meaningWords } from "./legend.ts";
import { classesOf, MOST_CLASSES, nameIn, valueShown } from "./value_shown.ts";
import type { Picture } from "./raster_picture.ts";

/** How shapes are shown. */
export interface ShapesPictureOptions {
  /** The value that they are coloured by. */
  readonly by: string | undefined;
  /** The values that have the first and the last colour. */
  readonly range: readonly [number, number] | undefined;
  /** The colours. */
  readonly palette: PaletteName;
  /** The width of the picture in pixels. */
  readonly width: number;
  /** The coasts. */
  readonly atlas: Atlas | undefined;
  /** What stands above it. */
  readonly title: string;
  /** The EPSG number of their coordinates; degrees where there is none. */
  readonly epsg: number | undefined;
}

const MOST_SHAPES = 20_000;

/** Shapes without a value have this colour. */
const WITHOUT = "#8c96a0";

/** Shows shapes coloured by a value: the one that is named, else the first that is a number. */
export async function shapesPicture(
  shapes: readonly ValuedShape[],
  { by, range, palette, width, atlas, title, epsg }: ShapesPictureOptions,
): Promise<Picture> {
  const placed = (await inDegrees(shapes.slice(0, MOST_SHAPES), epsg, title)).flatMap(
    ({ geometry, values }) => {
      const read = readGeometry(geometry);
      return read === undefined ? [] : [{ geometry: read, values }];
    },
  );
  const extent = extentOf(placed.map(({ geometry }) => geometry));
  if (extent === undefined) {
    throw new ResultsError(
      `Cannot show ${title}: ${
        epsg === undefined && shapes.some(({ geometry }) => isFarOut(geometry))
          ? "its coordinates are no degrees, and nothing says what they are\n" +
            "  What to do: transform it to EPSG:4326 (ogr2ogr -s_srs … -t_srs EPSG:4326)"
          : `none of its ${count(shapes.length, "row")} has a place`
      }`,
      { reason: "nothing" },
    );
  }
  const name = by ?? valueShown(placed);
  if (by !== undefined && !placed.some(({ values }) => by in values)) {
    const names = [...new Set(placed.flatMap(({ values }) => Object.keys(values)))];
    throw new ResultsError(
      `Cannot show ${title} by ${JSON.stringify(by)}: there are ${names.slice(0, 20).join(", ")}`,
      {
        reason: "invalid",
      },
    );
  }
  const valueOf = (values: ValuedShape["values"]) => {
    const value = name === undefined ? undefined : values[name];
    return typeof value === "number" ? value : NaN;
  };
  const statistics = statisticsOf(
    placed.map(({ values }) => valueOf(values)),
    (value) => !Number.isNaN(value),
  );
  const [low, high] = range ??
    (statistics === undefined ? [0, 1] : [statistics.low, statistics.high]);
  const colour = paletteOf(palette);
  const colourOf = (value: number) =>
    Number.isNaN(value)
      ? WITHOUT
      : cssOf(colour(high === low ? 0.5 : Math.round((value - low) / (high - low) * 40) / 40));
  const classes = statistics === undefined && name !== undefined
    ? classesOf(placed.map(({ values }) => values[name]), colour)
    : [];
  const meaning: Meaning = classes.length > 0
    ? { kind: "classes", classes }
    : statistics === undefined || name === undefined
    ? { kind: "empty" }
    : { kind: "values", band: name, range: [low, high], statistics, palette };
  const byName = new Map(classes.map((one) => [one.name, cssOf(one.colour)]));
  const projection = projectionFor(extent);
  const drawn = placed.map(({ geometry, values }) => ({
    shape: shapeOf({ geometry, status: undefined }, projection),
    colour: byName.get(nameIn(name === undefined ? null : values[name]) ?? "") ??
      colourOf(valueOf(values)),
  }));
  const mapWidth = mapWidthOf(width);
  const view = viewOf(planeBoxOf(drawn.map(({ shape }) => shape)), projection, 4, {
    width: mapWidth,
    height: [200, Math.round(mapWidth * 0.9)],
  });
  const { text, width: whole } = drawGround(view, {
    title,
    atlas,
    legend: name === undefined
      ? { svg: `<text class="b" y="12">${count(placed.length, "shape")}</text>`, height: 26 }
      : withoutValue(
        meaningLegend(meaning),
        drawn.some(({ colour: drawnIn }) => drawnIn === WITHOUT),
        classes.length === MOST_CLASSES ? "others" : "no value",
      ),
    ground: pathsOf(drawn, view),
  });
  const { longitudes: [west, east], latitudes: [south, north] } = extent;
  const shown = Math.min(shapes.length, MOST_SHAPES), without = shown - placed.length;
  return {
    name: title,
    svg: text,
    width: whole,
    alt: [
      title,
      `${count(placed.length, "shape")}${without > 0 ? `, ${without} without a place` : ""}${
        shown < shapes.length ? `, the first of ${shapes.length}` : ""
      }`,
      ...(name === undefined ? [] : [meaningWords(meaning)]),
      boundsWords({ west, south, east, north }),
    ].join("; "),
  };
}

/** Shapes with their places in degrees. */
export async function inDegrees(
  shapes: readonly ValuedShape[],
  epsg: number | undefined,
  title: string,
): Promise<readonly ValuedShape[]> {
  const project = await toDegrees(epsg, title);
  return project === undefined ? shapes : shapes.map(({ geometry, values }) => ({
    geometry: movePositions(geometry, project),
    values,
  }));
}

/** A legend that also says what has no value, where there is such. */
function withoutValue(legend: Legend, some: boolean, word: string): Legend {
  return some
    ? {
      svg: `${legend.svg}<rect y="${
        legend.height - 2
      }" width="20" height="13" fill="${WITHOUT}"/><text x="28" y="${
        legend.height + 9
      }">${word}</text>`,
      height: legend.height + 24,
    }
    : legend;
}

/** Shapes as paths, one for each colour: thousands of parcels are few paths. */
function pathsOf(
  drawn: readonly { readonly shape: ReturnType<typeof shapeOf>; readonly colour: string }[],
  { origin, scale }: View,
): string {
  const round = (value: number) => Math.round(value * 10) / 10;
  const pathOf = (line: ArrayLike<number>, closed: boolean) => {
    let path = "";
    for (let at = 0; at + 1 < line.length; at += 2) {
      const x = origin[0] + scale * (line[at] ?? 0), y = origin[1] - scale * (line[at + 1] ?? 0);
      path += `${at === 0 ? "M" : "L"}${round(x)} ${round(y)}`;
    }
    return closed && path !== "" ? `${path}Z` : path;
  };
  const byColour = Map.groupBy(drawn, ({ colour }) => colour);
  return [...byColour].map(([colour, some]) => {
    const areas = some.flatMap(({ shape }) => shape.rings.map((ring) => pathOf(ring, true))).join(
      "",
    );
    const lines = some.flatMap(({ shape }) => shape.lines.map((line) => pathOf(line, false))).join(
      "",
    );
    return (areas === ""
      ? ""
      : `<path fill="${colour}" fill-rule="evenodd" stroke="${colour}" stroke-width=".5" d="${areas}"/>`) +
      (lines === ""
        ? ""
        : `<path fill="none" stroke="${colour}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" d="${lines}"/>`);
  }).join("");
}

/** Whether a geometry has a position that is no longitude and latitude. */
function isFarOut(geometry: unknown): boolean {
  let far = false;
  movePositions(geometry, (x, y) => {
    far ||= Math.abs(x) > 360 || Math.abs(y) > 90;
    return [x, y];
  });
  return far;
}

type Move = (x: number, y: number) => readonly [number, number];

async function toDegrees(epsg: number | undefined, title: string): Promise<Move | undefined> {
  if (epsg === undefined || epsg === 4326) return undefined;
  const definition = definitionOf(epsg);
  if (definition === undefined) {
    throw new ResultsError(
      `Cannot place ${title}: its coordinates (EPSG:${epsg}) are none that are known here\n` +
        "  What to do: transform it to EPSG:4326 (ogr2ogr -t_srs EPSG:4326)",
      { reason: "unsupported" },
    );
  }
  return (await transformation(definition, `EPSG:${epsg}`)).toDegrees;
}
