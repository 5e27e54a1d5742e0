import type { OutputFormatEnum, ProcessingStatusEnum } from "../../models/jobs.ts";
import type { ProcessTypeEnum } from "../../models/service.ts";
import type { Course } from "../platform/progress.ts";
import type { StreamTarget } from "../sockets/stream_faults.ts";

/** A service as the Dispatch service stores it. */
export interface StoredService {
  /** Where it is. */
  readonly endpoint: string;
  /** Its namespace; null if there is none. */
  readonly namespace: string | null;
  /** What to run. */
  readonly application: string;
}

/** A request for a job, as it was validated. */
export interface JobRequest {
  /** What to call the job. */
  readonly title: string;
  /** The kind of the service. */
  readonly label: ProcessTypeEnum;
  /** Which service the job runs, as the request named it. */
  readonly service: StoredService;
  /** What the request gives the service, as it was sent. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The format that results are wanted in. */
  readonly format: OutputFormatEnum;
}

/** A job on the platform, which is made before the service's own record and outlives it. */
export interface PlatformJob extends JobRequest {
  /** The platform's own id for it. */
  readonly id: string;
  /** Who pays for it. */
  readonly user: string;
  /** What it really runs with: without what the process does not know, with its defaults. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** When it was made, in milliseconds since 1970. */
  readonly created: number;
}

/** The service's record of a job. */
export interface JobRecord {
  /** The number. */
  readonly id: number;
  /** Whose it is. */
  readonly user: string;
  /** What was asked for. */
  readonly request: JobRequest;
  /** The job on the platform; none if the platform refused it, which only children of tasks survive. */
  readonly platform: PlatformJob | undefined;
  /** The task it belongs to. */
  readonly taskId: number | undefined;
  /** What decides how far it is. */
  course: Course;
}

/** The service's record of an upscaling task. */
export interface TaskRecord {
  /** The number. */
  readonly id: number;
  /** Whose it is. */
  readonly user: string;
  /** The token it was created with, which every job is made with. */
  readonly token: string;
  /** What each job is to be. */
  readonly request: JobRequest;
  /** The parameter that differs from job to job. */
  readonly dimension: { readonly name: string; readonly values: readonly unknown[] };
  /** When it was created. */
  readonly created: number;
  /** How many of its jobs were tried so far. */
  tried: number;
  /** Whether no more jobs will be made. */
  stopped: boolean;
  /** The status at the last read, and since when. */
  progress: { readonly status: ProcessingStatusEnum; readonly since: number };
}

/** How a stream ended. */
export interface StreamEnd {
  /** Who ended it: one of the two with a close frame, or neither, when the connection was lost. */
  readonly by: "client" | "service" | "loss";
  /** The close code: 1005 if the close frame held none, 1006 if there was no close frame. */
  readonly code: number;
  /** The close reason. */
  readonly reason: string;
}

/** One stream that was opened. */
export interface SandboxStream {
  /** Which of the streams. */
  readonly target: StreamTarget;
  /** The path with its query; tokens are not part of it. */
  readonly path: string;
  /** How many messages were sent so far. */
  readonly sent: number;
  /** How many messages the client sent, of which the service reads none. */
  readonly received: number;
  /** How it ended; none while it is open. */
  readonly end: StreamEnd | undefined;
  /** The same, as soon as it has ended. */
  readonly ended: Promise<StreamEnd>;
}

/** One request that reached the sandbox. */
export interface SandboxRequest {
  /** The HTTP method. */
  readonly method: string;
  /** The path with its query; tokens are not part of it. */
  readonly path: string;
  /** The operation, as `operations` names it, or the stream; none for a path that is not served. */
  readonly operation: string | undefined;
  /** The correlation id that was sent, or else the one that was made up; streams ignore what is sent. */
  readonly correlationId: string;
  /** The status of the answer; none while there is no answer, or if there never was one. */
  readonly status: number | undefined;
}

/** All that one sandbox knows. */
export interface State {
  /** The jobs by number. */
  readonly jobs: Map<number, JobRecord>;
  /** The tasks by number. */
  readonly tasks: Map<number, TaskRecord>;
  /** The jobs on the platform, by its own ids. */
  readonly platformJobs: Map<string, PlatformJob>;
  /** The latest requests. */
  readonly requests: SandboxRequest[];
  /** The latest streams. */
  readonly streams: SandboxStream[];
  /** The statistics that were counted, by the days asked for, and when: they are given again for a while. */
  readonly statistics: Map<string, { readonly at: number; readonly body: object }>;
  /** The last number given to a job. */
  lastJob: number;
  /** The last number given to a task. */
  lastTask: number;
  /** What is wrong with the database; nothing if it is well. */
  databaseFailure: string | undefined;
  /** Records of jobs that are still to be written, and when. */
  readonly late: { readonly at: number; readonly write: () => void }[];
  /** How often the service was killed. */
  life: number;
  /** The users whose accounts are not linked with the platforms. */
  readonly unlinked: Set<string>;
  /** How many unfinished jobs the openEO back-end allows a user. */
  jobLimit: number;
}

/** The state of a sandbox that has just begun. */
export function emptyState(): State {
  return {
    jobs: new Map(),
    tasks: new Map(),
    platformJobs: new Map(),
    requests: [],
    streams: [],
    statistics: new Map(),
    lastJob: 0,
    lastTask: 0,
    databaseFailure: undefined,
    late: [],
    life: 0,
    unlinked: new Set(),
    jobLimit: Infinity,
  };
}
