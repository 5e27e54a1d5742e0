import type { SandboxResult } from "../service/world.ts";
import { areaOf, type Box, cellsOf, vegetationIndex } from "./area.ts";
import { toGeoTiff } from "./geotiff.ts";
import { FILL_VALUE, toNetCdf } from "./netcdf.ts";
import { DAY, featuresOf, seriesDates, timeSeries } from "./series.ts";

/** The arguments that a job runs with. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A kind of file: what it is called, and how it is made. */
export interface Maker {
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  /** What the results say of it beside that. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly make: (args: Arguments) => Promise<Uint8Array<ArrayBuffer>>;
}

const RASTER_SIZE = 64;
const GRID_SIZE = 8;
const COG = "image/tiff; application=geotiff; profile=cloud-optimized";

/** Values below this are water, of which there is no index. */
const WATER = 0;

/** What each kind of result is made by; items are no files of the job's own. */
export const MAKERS: Readonly<Record<Exclude<SandboxResult, "items">, Maker>> = {
  raster: {
    name: "vegetation_index.tif",
    type: COG,
    facts: { "proj:epsg": 4326, bands: [{ name: "NDVI" }, { name: "quality" }] },
    make: (args) => vegetationRaster(areaOf(args)),
  },
  classes: {
    name: "land_cover.tif",
    type: COG,
    facts: {
      "proj:epsg": 4326,
      bands: [{ name: "land_cover" }],
      "classification:classes": [
        { value: 1, name: "water" },
        { value: 2, name: "town" },
        { value: 3, name: "field" },
        { value: 4, name: "wood" },
      ],
    },
    make: (args) => classRaster(areaOf(args)),
  },
  cube: {
    name: "openEO.nc",
    type: "application/x-netcdf",
    facts: { "proj:epsg": 4326 },
    make: (args) => Promise.resolve(cubeOf(args)),
  },
  features: {
    name: "vegetation_index.geojson",
    type: "application/geo+json",
    facts: { "proj:epsg": 4326 },
    make: (args) => Promise.resolve(encode(JSON.stringify(featureCollection(args)))),
  },
  series: {
    name: "timeseries.json",
    type: "application/json",
    facts: {},
    make: (args) => Promise.resolve(encode(JSON.stringify(timeSeries(args)))),
  },
  csv: {
    name: "timeseries.csv",
    type: "text/csv",
    facts: {},
    make: (args) => Promise.resolve(encode(csvOf(args))),
  },
  parquet: {
    name: "vectorcube.parquet",
    type: "application/vnd.apache.parquet",
    facts: {},
    make: parquetOf,
  },
};

/** The index over an area and its quality, as a cloud-optimised GeoTIFF of two bands; none over water. */
export function vegetationRaster(box: Box): Promise<Uint8Array<ArrayBuffer>> {
  const values = cellsOf(box, RASTER_SIZE).map(({ value }) => value);
  return toGeoTiff({
    box,
    size: RASTER_SIZE,
    bands: [
      values.map((value) => value < WATER ? FILL_VALUE : value),
      values.map((value) => value < WATER ? FILL_VALUE : Math.round(100 * Math.abs(value))),
    ],
    names: ["NDVI", "quality"],
    noData: FILL_VALUE,
  });
}

function classRaster(box: Box): Promise<Uint8Array<ArrayBuffer>> {
  const classOf = (value: number) => value < 0.15 ? 1 : value < 0.35 ? 2 : value < 0.6 ? 3 : 4;
  return toGeoTiff({
    box,
    size: RASTER_SIZE,
    bands: [cellsOf(box, RASTER_SIZE).map(({ value }) => classOf(value))],
    names: ["land_cover"],
    noData: 0,
    palette: [[0, 0, 0], [38, 110, 190], [190, 60, 50], [230, 200, 90], [40, 120, 60]],
  });
}

function cubeOf(args: Arguments): Uint8Array<ArrayBuffer> {
  const [west, south, east, north] = areaOf(args);
  const size = 24;
  const middle = (index: number) => (index + 0.5) / size;
  const latitudes = Array.from({ length: size }, (_, row) => north - middle(row) * (north - south));
  const longitudes = Array.from(
    { length: size },
    (_, column) => west + middle(column) * (east - west),
  );
  const times = seriesDates(args).slice(0, 6);
  const bands = Array.isArray(args.bands) ? args.bands.map(String) : ["B04"];
  return toNetCdf({
    times,
    latitudes,
    longitudes,
    variables: Object.fromEntries(bands.map((name, band) => [
      name,
      times.flatMap((time) =>
        latitudes.flatMap((latitude) =>
          longitudes.map((longitude) => {
            const value = vegetationIndex(longitude, latitude);
            return value < WATER ? FILL_VALUE : value * (band + 1) + time / DAY / 100_000;
          })
        )
      ),
    ])),
  });
}

/** The features that were given, or a grid over the area, each with its values. */
function featureCollection(args: Arguments): object {
  const box = areaOf(args);
  const given = featuresOf(args);
  return {
    type: "FeatureCollection",
    bbox: box,
    features: given.length > 0
      ? given.map(({ feature, middle: [longitude, latitude] }, index) => ({
        id: index + 1,
        ...feature,
        properties: { ...feature.properties, value: vegetationIndex(longitude, latitude) },
      }))
      : cellsOf(box, GRID_SIZE).map(({ row, column, box, value }, index) => {
        const [west, south, east, north] = box;
        const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
        return {
          type: "Feature",
          id: index + 1,
          geometry: { type: "Polygon", coordinates: [ring] },
          properties: { row, column, value },
        };
      }),
  };
}

function csvOf(args: Arguments): string {
  const rows = Object.entries(timeSeries(args)).flatMap(([date, features]) =>
    features.map(([value], feature) => [date, feature, value ?? ""].join(","))
  );
  return ["date,feature_index,NDVI", ...rows, ""].join("\n");
}

async function parquetOf(args: Arguments): Promise<Uint8Array<ArrayBuffer>> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const rows = Object.entries(timeSeries(args)).flatMap(([date, features]) =>
    features.map(([value = null], feature) => ({ date: new Date(date), feature, value }))
  );
  return new Uint8Array(parquetWriteBuffer({
    columnData: [
      { name: "date", data: rows.map(({ date }) => date), type: "TIMESTAMP" },
      { name: "feature_index", data: rows.map(({ feature }) => feature), type: "INT32" },
      { name: "NDVI", data: rows.map(({ value }) => value), type: "DOUBLE" },
    ],
  }));
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
