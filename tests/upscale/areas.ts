// What the tests of upscaling share: a job to run, tokens that expire, a service that cuts as it is told.
import type { BaseJobRequest } from "../../src/models/jobs.ts";
import type { UpscaleAreaOptions } from "../../src/upscale/options.ts";
import type { Geometry } from "../../src/models/geojson/geojson.ts";
import { serve, type TestServer } from "../support/server.ts";

/** A job that lacks nothing but the place. */
export const JOB = {
  title: "Vegetation index",
  label: "openeo",
  service: {
    endpoint: "https://openeo.example.test",
    application: "https://catalogue.example.test/vegetation_index.json",
  },
  parameters: { resolution: 10 },
  format: "gtiff",
} as const satisfies BaseJobRequest;

/** An area of six tiles of 20 km. */
export const AREA = { west: 4, south: 51, east: 4.3, north: 51.3 } as const;

/** What the service says that it takes: one of its parameters is a place by its type. */
export const PARAMETERS = [
  ["spatial_extent", "bounding-box"],
  ["resolution", "integer"],
  ["area", "hologram"],
  ["a", "integer"],
].map(([name, type]) => ({ name, type, optional: true, description: "", default: null }));

/** A token that says when it expires; no service knows it. */
export function tokenUntil(expiry: string): string {
  const claims = { sub: "ada", exp: Date.parse(expiry) / 1000 };
  return `e30.${btoa(JSON.stringify(claims)).replaceAll("=", "")}.c2lnbmF0dXJl`;
}

/** A service that cuts every area into the same geometries, and takes every task. */
export function cutsInto(...geometries: readonly Geometry[]): TestServer {
  return serve(({ path }) =>
    path === "/params"
      ? Response.json(PARAMETERS)
      : path === "/tiles"
      ? Response.json({ type: "GeometryCollection", geometries }, { status: 201 })
      : Response.json({ id: 7, title: "Task", label: "openeo", status: "created" }, { status: 201 })
  );
}

/** A square of that width, from its south-west corner. */
export function square(west: number, south: number, width: number) {
  const [east, north] = [west + width, south + width];
  return {
    type: "Polygon",
    coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
  } as const;
}

/** Options as a notebook may give them, where nobody checks types. */
export function anyOptions(changes: object = {}): UpscaleAreaOptions {
  return Object.assign({
    aoi: AREA,
    grid: "20x20km" as const,
    request: JOB,
    show: false,
    confirm: false as const,
  }, changes);
}
