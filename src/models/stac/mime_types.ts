import * as z from "zod/mini";
import { defineEnum, type EnumOf, openWordsOf, type WordOf } from "../schema/model.ts";

/** The media types that STAC names. */
export type MimeTypes = WordOf<typeof MimeTypes>;

/**
 * The media types that STAC names
 * ([STAC 1.0.0, media types](https://github.com/radiantearth/stac-spec/blob/v1.0.0/item-spec/item-spec.md#media-types)).
 *
 * @example
 * ```ts
 * import { MimeTypes } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(MimeTypes.GEOJSON, "application/geo+json");
 * ```
 */
export const MimeTypes: EnumOf<{
  /** GeoTIFF. */
  readonly GEOTIFF: "image/tiff; application=geotiff";
  /** Cloud-optimized GeoTIFF. */
  readonly COG: "image/tiff; application=geotiff; profile=cloud-optimized";
  /** JPEG 2000. */
  readonly JP2: "image/jp2";
  /** PNG. */
  readonly PNG: "image/png";
  /** JPEG. */
  readonly JPEG: "image/jpeg";
  /** GeoJSON. */
  readonly GEOJSON: "application/geo+json";
  /** GeoJSON text sequence. */
  readonly GEOJSON_SEQ: "application/geo+json-seq";
  /** GeoPackage. */
  readonly GEOPACKAGE: "application/geopackage+sqlite3";
  /** KML. */
  readonly KML: "application/vnd.google-earth.kml+xml";
  /** KML, zipped. */
  readonly KMZ: "application/vnd.google-earth.kmz";
  /** Protocol buffers. */
  readonly PROTOBUF: "application/x-protobuf";
  /** Mapbox vector tiles. */
  readonly MVT: "application/vnd.mapbox-vector-tile";
  /** HDF 4. */
  readonly HDF: "application/x-hdf";
  /** HDF 5. */
  readonly HDF5: "application/x-hdf5";
  /** XML. */
  readonly XML: "application/xml";
  /** JSON. */
  readonly JSON: "application/json";
  /** JSON, one value a line. */
  readonly NDJSON: "application/ndjson";
  /** A web page. */
  readonly HTML: "text/html";
  /** Text. */
  readonly TEXT: "text/plain";
  /** An OpenAPI document in JSON. */
  readonly OPENAPI_JSON: "application/vnd.oai.openapi+json;version=3.0";
  /** An OpenAPI document in YAML. */
  readonly OPENAPI: "application/vnd.oai.openapi;version=3.0";
  /** A JSON schema. */
  readonly JSON_SCHEMA: "application/schema+json";
  /** PDF. */
  readonly PDF: "application/pdf";
  /** Comma-separated values. */
  readonly CSV: "text/csv";
  /** Parquet. */
  readonly PARQUET: "application/vnd.apache.parquet";
  /** Bytes of any kind. */
  readonly OCTET_STREAM: "application/octet-stream";
}> = defineEnum("MimeTypes", {
  GEOTIFF: "image/tiff; application=geotiff",
  COG: "image/tiff; application=geotiff; profile=cloud-optimized",
  JP2: "image/jp2",
  PNG: "image/png",
  JPEG: "image/jpeg",
  GEOJSON: "application/geo+json",
  GEOJSON_SEQ: "application/geo+json-seq",
  GEOPACKAGE: "application/geopackage+sqlite3",
  KML: "application/vnd.google-earth.kml+xml",
  KMZ: "application/vnd.google-earth.kmz",
  PROTOBUF: "application/x-protobuf",
  MVT: "application/vnd.mapbox-vector-tile",
  HDF: "application/x-hdf",
  HDF5: "application/x-hdf5",
  XML: "application/xml",
  JSON: "application/json",
  NDJSON: "application/ndjson",
  HTML: "text/html",
  TEXT: "text/plain",
  OPENAPI_JSON: "application/vnd.oai.openapi+json;version=3.0",
  OPENAPI: "application/vnd.oai.openapi;version=3.0",
  JSON_SCHEMA: "application/schema+json",
  PDF: "application/pdf",
  CSV: "text/csv",
  PARQUET: "application/vnd.apache.parquet",
  OCTET_STREAM: "application/octet-stream",
});

/** The schema of {@linkcode MimeTypes}, of which others pass through. */
export const openMimeTypesSchema = z.lazy(() => openWordsOf(MimeTypes));
