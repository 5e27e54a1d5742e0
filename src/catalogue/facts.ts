import type { ProcessTypeEnum } from "../models/service.ts";

/** What a catalogue knows of a service without asking anybody: facts, no descriptions. */
export interface ServiceFacts {
  /** What the catalogue calls it, such as `max_ndvi_composite`. */
  readonly id: string;
  /** What people call the service, such as `Max NDVI composite`. */
  readonly title: string;
  /** The folder of its provider, such as `vito`. */
  readonly provider: string;
  /** The platform it runs on, such as `cdse_openeo_federation`. */
  readonly platform: string;
  /** How Dispatch talks to that platform. */
  readonly label: ProcessTypeEnum;
  /** Where the platform is, without a slash at its end: the service refuses one. */
  readonly endpoint: string;
  /** The namespace of an OGC API process; openEO has none. */
  readonly namespace?: string | undefined;
  /** The address of an openEO process definition, or the id of an OGC API process. */
  readonly application: string;
  /** The formats of its results, in one spelling each, such as `GeoTIFF`. */
  readonly formats: readonly string[];
  /** What it is about, in the catalogue's own words. */
  readonly keywords: readonly string[];
  /** What it may cost, as the record says. */
  readonly price?: Price | undefined;
  /** The parameters, where the process definition could be read. */
  readonly parameters?: readonly ParameterFacts[] | undefined;
  /** Why it cannot be run through Dispatch. */
  readonly obstacle?: string | undefined;
  /** Where its record lies, where that is not told by its provider and its id. */
  readonly record?: string | undefined;
  /** Where its benchmark scenario lies below its folder: a request that was tested. */
  readonly scenario?: string | undefined;
}

/** A price as a record states it. */
export interface Price {
  /** How much. */
  readonly amount: number;
  /** Of what and for what, in the record's words: `platform credits per km²`. */
  readonly unit: string;
}

/** What an index knows of a parameter. */
export interface ParameterFacts {
  /** The key under which a request's `parameters` hold it. */
  readonly name: string;
  /** The kinds of value it takes, such as `bounding-box`. */
  readonly kinds: readonly ParameterKind[];
  /** Whether it has to be given. */
  readonly needed: boolean;
}

/** The kinds of value that a parameter can take, by the types and subtypes of openEO. */
export type ParameterKind =
  | "bounding-box"
  | "temporal-interval"
  | "geojson"
  | "date"
  | "date-time"
  | "number"
  | "integer"
  | "string"
  | "boolean"
  | "array"
  | "array of strings"
  | "array of arrays"
  | "object"
  | "datacube"
  | "null";

/** The index that the package carries, as it lies in its file. */
export interface IndexData {
  /** Where it was made from. */
  readonly source: string;
  /** The revision of the catalogue's repository, where it is known. */
  readonly commit: string | null;
  /** The day or month that it is of, such as `2026-08`. */
  readonly date: string;
  /** The names of providers by folder. */
  readonly providers: Readonly<Record<string, string>>;
  /** The names of platforms by file. */
  readonly platforms: Readonly<Record<string, string>>;
  readonly services: readonly ServiceFacts[];
}

/** Whether jobs of a service run through Dispatch, as far as is known. */
export type Runs = "yes" | "announced" | "unknown";

/** The month that what is known of platforms is of. */
export const RUNS_KNOWN = "2026-08";

const RUNNING: ReadonlySet<string> = new Set([
  "openeo.dataspace.copernicus.eu",
  "openeofed.dataspace.copernicus.eu",
  // What the sandbox plays: the names exist nowhere else (RFC 6761).
  "openeo.example.test",
  "processes.example.test",
]);

/** The Geohazards Exploitation Platform, whose integration is announced. */
const ANNOUNCED = /(?:^|\.)(?:gep\.terradue\.com|geohazards-tep\.eu)$/;

/** Whether Dispatch runs jobs at an endpoint, as of {@linkcode RUNS_KNOWN}. */
export function runsAt(endpoint: string): Runs {
  const host = URL.parse(endpoint)?.hostname ?? "";
  if (RUNNING.has(host)) return "yes";
  return ANNOUNCED.test(host) ? "announced" : "unknown";
}
