import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import type { GeometryCollection } from "../models/geojson/geojson.ts";
import type { Health } from "../models/health.ts";
import type { TileRequest } from "../models/tiles.ts";
import { call, type RequestOptions } from "./call.ts";
import { operations } from "./operations.ts";
import { showResource } from "./show.ts";

/** The cutting of areas. */
export interface Tiles {
  /**
   * Cuts an area by a grid. The parts come column by column from west to east, in each from south to north;
   * where area and square only touch, a part is a line or a collection of geometries.
   */
  split(request: TileRequest, options?: RequestOptions): ApiPromise<GeometryCollection>;
}

/** Makes the cutting of areas of a client. */
export function tiles(config: HttpConfig): Tiles {
  return showResource("tiles", {
    split: (body: TileRequest, options: RequestOptions = {}) =>
      call(config, operations.splitTiles, { body, options }),
  });
}

/** Makes the health call of a client. */
export function health(config: HttpConfig): (options?: CallOptions) => ApiPromise<Health> {
  return (options = {}) => call(config, operations.health, { options });
}
