import type { Extent } from "../../../models/stac/stac.ts";
import { code, type Field, type Line, muted } from "../../render/document.ts";
import { formatDay, formatDegrees } from "../../../core/units.ts";

/** Where and when data is, as facts; the first extent is the one around all others. */
export function extentFields({ spatial, temporal }: Extent): Field[] {
  const fields: Field[] = [];
  const [bbox] = spatial.bbox;
  if (bbox !== undefined) fields.push({ label: "Where", lines: [boxLine(bbox)] });
  const [interval] = temporal.interval;
  if (interval !== undefined) fields.push({ label: "When", lines: [intervalLine(interval)] });
  return fields;
}

/** A bounding box of four or six numbers as one line. */
export function boxLine(bbox: readonly number[]): Line {
  const flat = bbox.length === 6 ? [bbox[0], bbox[1], bbox[3], bbox[4]] : bbox;
  const [west = NaN, south = NaN, east = NaN, north = NaN] = flat;
  if (west === -180 && south === -90 && east === 180 && north === 90) return "the whole world";
  return [
    code([west, south, east, north].map(formatDegrees).join(", ")),
    muted(" (west, south, east, north)"),
  ];
}

function intervalLine([begin, end]: readonly (Date | null)[]): Line {
  if (!begin && !end) return muted("not told");
  return `${begin ? formatDay(begin) : "open"} → ${end ? formatDay(end) : "open"}`;
}
