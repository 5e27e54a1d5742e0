import { inflateSync } from "node:zlib";
import { ResultsError } from "../results_error.ts";

/** How much more than it should may come out of a tile: some writers fill up. */
const SLACK = 65_536;

/** Unpacks a tile that is to be so large: one that would be much larger means harm, and is let go of on the way. */
export function inflateWithin(packed: ArrayBufferLike, size: number): ArrayBuffer {
  try {
    const tile = inflateSync(new Uint8Array(packed), { maxOutputLength: size + SLACK });
    return new Uint8Array(tile).buffer;
  } catch (error) {
    const isLarge = error instanceof Error && "code" in error &&
      error.code === "ERR_BUFFER_TOO_LARGE";
    throw new ResultsError(
      isLarge
        ? "Cannot read the raster: a tile of it unpacks to more than a tile has: it is broken, or means harm"
        : "Cannot read the raster: a tile of it cannot be unpacked: it is broken",
      { reason: "invalid" },
    );
  }
}
