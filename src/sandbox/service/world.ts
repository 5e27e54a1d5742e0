import type { Parameter } from "../../models/parameters.ts";
import type { ProcessTypeEnum, ServiceDetails } from "../../models/service.ts";
import type { TokenBook } from "./auth.ts";
import type { Clock } from "../../core/clock.ts";
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
}

/** A job as an outcome is decided by. */
export interface SandboxJob {
  /** The number. */
  readonly id: number;
  /** What it is called. */
  readonly title: string;
  /** The kind of the service. */
  readonly label: ProcessTypeEnum;
  /** The service. */
  readonly service: ServiceDetails;
  /** Its parameters. */
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
  /** How a job ends. */
  readonly outcome: (job: SandboxJob) => SandboxOutcome;
}
