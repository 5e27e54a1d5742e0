import { readPart } from "../geo/read/read_geometry.ts";
import { splitAtAntimeridian } from "../geo/split_at_antimeridian.ts";
import { isObject } from "../core/objects.ts";
import { partsOf, polygonsOf } from "../geo/walk.ts";
import { formatPath, type Issue } from "../models/schema/issue.ts";
import { requestReaderOf } from "../models/schema/model.ts";
import { type GridTypeEnum, type TileRequest, tileRequestSchema } from "../models/tiles.ts";

/** An area as the service can cut it, or what stands against it. */
export type AreaReading =
  | { readonly ok: true; readonly requests: readonly TileRequest[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

const readRequest = requestReaderOf(tileRequestSchema);

/**
 * Reads an area, and makes of it the requests that cut it: one for each polygon, two or more for one that runs over
 * the antimeridian. All of it has to be areas in degrees: a part that is passed over would be a part that nobody
 * computes, and nobody would know.
 */
export function readArea(aoi: unknown, grid: GridTypeEnum): AreaReading {
  const parts = partsOf({ path: ["aoi"], value: aoi });
  if (parts.length === 0) {
    const message = `${EXPECTED}, got an empty ${Object(aoi).type}`;
    return { ok: false, issues: [{ path: "aoi", message }] };
  }
  const requests: TileRequest[] = [];
  const issues = new Map<string, Issue>();
  const refuse = (path: readonly PropertyKey[], message: string) => {
    const issue = { path: formatPath(path), message };
    issues.set(JSON.stringify(issue), issue);
  };
  for (const part of parts) {
    const place = readPart(part);
    if (!place.ok) {
      const { path, message } = place.problem;
      refuse(path, message.replace(/^expected a place/, EXPECTED));
      continue;
    }
    const polygons = polygonsOf(place.geometry);
    if (polygons.length === 0) {
      refuse(part.path, `${EXPECTED}, got a ${place.geometry.type}, which covers nothing`);
    }
    for (const polygon of polygons) {
      const pieces = splitAtAntimeridian(polygon);
      // A bounding box has no positions to point at, and a piece none that its owner knows.
      const pointable = isObject(part.value) && part.value.type === "Polygon" &&
        pieces[0] === polygon;
      for (const piece of pieces) {
        const reading = readRequest({ aoi: piece, grid });
        if (reading.ok) requests.push(reading.value);
        else {
          for (const { path: [field = "", ...rest], message } of reading.issues) {
            const path = pointable ? [...part.path, ...rest] : part.path;
            refuse(field === "aoi" ? path : [field], message);
          }
        }
      }
    }
  }
  return issues.size === 0 ? { ok: true, requests } : { ok: false, issues: [...issues.values()] };
}

const EXPECTED = "expected a polygon, a feature of one, or a bounding box in degrees";
