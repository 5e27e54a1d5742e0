import { orDispatchErrorLater } from "../../core/dispatch_error.ts";
import { checkOptions } from "../../models/schema/options.ts";
import { type FileSource, inputFile, kindOfBytes, readBytes } from "../input.ts";
import { ResultsError } from "../results_error.ts";
import { hdf5Variables } from "./hdf5.ts";
import { netcdf3Variables } from "./netcdf3.ts";
import { type Cube, cubeOf, type PlacedCube } from "./cube.ts";

/** Which variable of a file is read, and how much of the file may be fetched. */
export interface ReadCubeOptions {
  /**
   * Its name in the file, such as `NDVI`.
   *
   * @default the first over x and y
   */
  readonly variable?: string | undefined;
  /**
   * The most bytes that are read.
   *
   * @default {268_435_456}
   */
  readonly maxBytes?: number | undefined;
  /** Gives up at once when it aborts. @default none */
  readonly signal?: AbortSignal | undefined;
  /**
   * What sends requests; it is given neither token nor cookie of the client.
   *
   * @default {globalThis.fetch}
   */
  readonly fetch?: typeof fetch | undefined;
}

const CUBE_BYTES = 268_435_456;

/**
 * Reads a cube from netCDF (3 and 4): one variable over x, y and mostly time, with its dates and coordinates.
 *
 * @throws {ResultsError} if it is none.
 */
export async function readCube(source: FileSource, options: ReadCubeOptions = {}): Promise<Cube> {
  return await orDispatchErrorLater(
    "Cannot read the cube",
    options,
    () => cubeOfSource(source, options),
  );
}

async function cubeOfSource(source: FileSource, options: ReadCubeOptions): Promise<Cube> {
  checkOptions("Cannot read the cube", options, {
    variable: "string",
    maxBytes: "number",
    signal: "signal",
    fetch: "function",
  });
  const { variable, maxBytes = CUBE_BYTES, signal, fetch: send = fetch } = options;
  const input = inputFile(source);
  const bytes = await readBytes(input, { fetch: send, maxBytes, signal });
  return (await placedCube(bytes, input.name, variable)).cube;
}

/** A cube in bytes, with the way from its coordinates to degrees. */
export async function placedCube(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  variable: string | undefined,
): Promise<PlacedCube> {
  switch (kindOfBytes(bytes)) {
    case "netcdf3":
      return await cubeOf(await netcdf3Variables(bytes, name), name, variable);
    case "hdf5":
      return await cubeOf(await hdf5Variables(bytes, name), name, variable);
    default:
      throw new ResultsError(`Cannot read ${name} as a cube: it is no netCDF`, {
        reason: "invalid",
      });
  }
}
