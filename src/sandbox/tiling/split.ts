import { operations } from "../../api/operations.ts";
import type { Position } from "../../models/geojson/geojson.ts";
import { jsonAnswer } from "../server/answer.ts";
import {
  internalError,
  proxyTimeout,
  type RequestProblem,
  validationError,
} from "../server/errors.ts";
import { type Handler, handler } from "../server/handler.ts";
import { TopologyError } from "./noding.ts";
import { splitTiles } from "./tiles.ts";
import { tooShort } from "../server/validate.ts";

/** `POST /tiles`. Where the real service would hang, a proxy's timeout is answered at once. */
export const splitArea: Handler = handler(operations.splitTiles, async ({ body, requestId }) => {
  const { aoi: { coordinates: rings }, grid } = body;
  const problems = ringProblems(rings);
  if (problems.length > 0) return validationError(requestId, problems);
  const failure = `An error occurred while calculating tiles for ${grid}`;
  if (rings.flat(2).some((number) => !Number.isFinite(number))) {
    const reason = "float() argument must be a string or a real number, not 'NoneType'";
    return internalError(requestId, failure, reason);
  }
  try {
    const tiles = await splitTiles({ rings, grid });
    return tiles === undefined ? proxyTimeout() : jsonAnswer(201, tiles);
  } catch (error) {
    if (error instanceof TopologyError) return internalError(requestId, failure, error.message);
    throw error;
  }
});

const LEAST_POSITIONS = 4;

/** What the service asks of rings: four positions at least, the last like the first. */
function ringProblems(rings: readonly (readonly Position[])[]): RequestProblem[] {
  const loc = ["body", "aoi", "coordinates"];
  const short = rings.flatMap((ring, index): RequestProblem[] =>
    ring.length >= LEAST_POSITIONS ? [] : [{
      type: "too_short",
      loc: [...loc, index],
      msg: tooShort(LEAST_POSITIONS, ring.length),
      input: ring,
    }]
  );
  if (short.length > 0) return short;
  if (rings.every((ring) => String(ring[0]) === String(ring.at(-1)))) return [];
  return [{
    type: "value_error",
    loc,
    msg: "Value error, All linear rings have the same start and end coordinates",
    input: rings,
  }];
}
