import type { Parameter } from "../../models/parameters.ts";
import type { ProcessTypeEnum, ServiceDetails } from "../../models/service.ts";
import type { Provider } from "../identity/provider.ts";
import type { TokenBook } from "./auth.ts";
import type { Clock } from "../../core/waiting.ts";
import type { Pace, SandboxOutcome } from "../platform/progress.ts";
import type { State } from "./state.ts";

/** A service that the sandbox's platforms know. */
export interface SandboxService {
  /** The kind of the service. */
  readonly label: ProcessTypeEnum;
  /** Where it is and what it is called. */
  readonly service: ServiceDetails;
  /** The parameters it takes. @default [] */
  readonly parameters?: readonly Parameter[];
  /** Why it cannot be used: `/params` fails with it, and so does an openEO job. */
  readonly error?: string;
  /** What its jobs make, the first first. @default ["features", "raster"] */
  readonly results?: readonly SandboxResult[];
}

/**
 * What a job can make: a cloud-optimised GeoTIFF of two bands, a GeoTIFF of classes with a palette, a
 * netCDF cube, GeoJSON features with values, a time series as JSON, tables as CSV and Parquet, or items
 * that are only linked, as OGC platforms have them.
 */
export type SandboxResult =
  | "raster"
  | "classes"
  | "cube"
  | "features"
  | "series"
  | "csv"
  | "parquet"
  | "items";

/** A job as an outcome is decided by. */
export interface SandboxJob {
  /** The number. */
  readonly id: number;
  /** What it is called. */
  readonly title: string;
  /** The kind of the service. */
  readonly label: ProcessTypeEnum;
  /** Which service the job runs, as the request named it. */
  readonly service: ServiceDetails;
  /** What the request gives the service, as it was sent. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The task it belongs to; none if it stands alone. */
  readonly taskId: number | undefined;
}

/** What every part of one sandbox works with. */
export interface World {
  /** What it knows. */
  readonly state: State;
  /** The time. */
  readonly clock: Clock;
  /** How fast jobs go. */
  readonly pace: Pace;
  /** Who may do what. */
  readonly tokens: TokenBook;
  /** The services that its platforms know. */
  readonly services: readonly SandboxService[];
  /** Whether services that its platforms do not know are taken all the same. */
  readonly lenient: boolean;
  /** How long a read takes for each job that has not ended, in milliseconds. */
  readonly statusTime: number;
  /** How long a link to a result holds, in milliseconds. */
  readonly linkLife: number;
  /** Who signs its users in. */
  readonly identity: Provider;
  /** Where its identity provider is. */
  readonly issuer: () => string;
  /** Aborts when all is over. */
  readonly signal: AbortSignal;
  /** How a job ends. */
  readonly outcome: (job: SandboxJob) => SandboxOutcome;
}
