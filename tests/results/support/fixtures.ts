const FOLDER = new URL("../../fixtures/results/", import.meta.url);

/** What GDAL says of a raster of the fixtures. */
export interface ExpectedRaster {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly epsg: number;
  readonly noData: number | "nan" | null;
  readonly corners: readonly (readonly [number, number])[];
  readonly valid: number;
  readonly band1: {
    readonly min: number;
    readonly max: number;
    readonly p2: number;
    readonly p98: number;
  } | null;
  readonly overviews: number;
  readonly points: readonly {
    readonly column: number;
    readonly row: number;
    readonly lon: number;
    readonly lat: number;
    readonly values: readonly (number | null)[];
  }[];
}

/** What Python says of the tables, series and cubes of the fixtures. */
export interface ExpectedTables {
  readonly parcels: {
    readonly rows: number;
    readonly bounds: readonly [number, number, number, number];
    readonly ndvi: readonly (number | null)[];
    readonly crop: readonly (number | null)[];
    readonly parcel0: string;
    readonly parcel59: string;
    readonly seen59: string;
  };
  readonly timeseries: {
    readonly dates: number;
    readonly features: number;
    readonly bands: number;
    readonly first: readonly (readonly (number | null)[])[];
    readonly last: readonly (readonly (number | null)[])[];
  };
  readonly cube: {
    readonly variable: string;
    readonly shape: readonly [number, number, number];
    readonly times: readonly string[];
    readonly epsg: number;
    readonly samples: readonly {
      readonly t: number;
      readonly y: number;
      readonly x: number;
      readonly value: number | null;
    }[];
    readonly mean: readonly number[];
  };
}

/** A file of the fixtures. */
export function fixture(path: string): Uint8Array<ArrayBuffer> {
  return Deno.readFileSync(new URL(path, FOLDER));
}

/** Where a file of the fixtures lies. */
export function fixturePath(path: string): string {
  return decodeURIComponent(new URL(path, FOLDER).pathname);
}

/** What GDAL says of each raster. */
export const expectedRasters: Readonly<Record<string, ExpectedRaster>> = JSON.parse(
  new TextDecoder().decode(fixture("rasters/expected.json")),
);

/** What Python says of the others. */
export const expectedTables: ExpectedTables = JSON.parse(
  new TextDecoder().decode(fixture("tables/expected.json")),
);

/** How the fixtures' rasters are opened. */
export const opening = { fetch, maxBytes: 1e9, signal: undefined };
