import * as z from "zod/mini";
import {
  AuthenticatedClient,
  jobsTable,
  jupyterDisplay,
  type ProcessingJobSummary,
} from "../../mod.ts";
import { operations } from "../../src/api/operations.ts";
import { showWork } from "../../src/api/show.ts";
import { ANSWER, callComparison } from "./call_ways.ts";
import { mapComparisons } from "./map_cases.ts";
import { type StartUp, startUp } from "./start_up.ts";
import { jobSummary } from "../support/requests.ts";

/** What is measured: our way beside others, in the same run. */
export interface Comparison {
  /** What all of them do. */
  readonly name: string;
  /** Our way. */
  readonly ours: Way;
  /** What ours should take at the most, in milliseconds, where there is nothing to compare it with. */
  readonly most?: number;
  /** The other ways. */
  readonly others: readonly Other[];
  /** How often each is measured. */
  readonly rounds: number;
}

/** One way to do it. */
export interface Way {
  readonly name: string;
  readonly run: () => unknown;
}

/** Another way, and what ours should cost beside it at the most: a ratio to it, or milliseconds more. */
export interface Other extends Way {
  readonly aim?: { readonly ratio: number } | { readonly more: number };
}

/** Everything that is measured, and what closes what it needs. */
export interface Comparisons extends AsyncDisposable {
  readonly all: readonly Comparison[];
  /** How many modules the package has. */
  readonly modules: Pick<StartUp, "all" | "atOnce">;
}

/** Ten thousand jobs as the service lists them. */
export function manyJobs(count = 10_000): ProcessingJobSummary[] {
  const statuses = ["finished", "running", "failed", "queued", "created", "canceled"];
  return Array.from(
    { length: count },
    (_, index) => jobSummary(index + 1, statuses[index % statuses.length]),
  );
}

/** The list as zod's users would write it. */
const LIST = z.looseObject({
  upscaling_tasks: z.array(z.unknown()),
  processing_jobs: z.array(ANSWER),
});

/** Sets up what the comparisons need: a server on loopback, a list of ten thousand jobs, modules with nothing in them. */
export async function comparisons(): Promise<Comparisons> {
  const starting = await startUp();
  const jobs = manyJobs();
  const list = new TextEncoder().encode(
    JSON.stringify({ upscaling_tasks: [], processing_jobs: jobs }),
  );
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-net=127.0.0.1", fileOf("server.ts")],
    stdout: "piped",
  }).spawn();
  const port = await firstLine(server.stdout);
  const baseUrl = `http://127.0.0.1:${port}`;
  const token = "t0ken-of-a-user";
  const client = new AuthenticatedClient({ baseUrl, token });
  const show = showWork(client);
  const reader = operations.getJobsStatus.reader;
  const readList = (content: Uint8Array<ArrayBuffer>) =>
    show.jobsStatus(
      reader.read(
        {
          name: "jobsStatus.get",
          headline: () => "Cannot list the jobs and tasks",
          effect: "read",
          method: "GET",
          path: "/jobs_status",
          auth: true,
        },
        {
          answer: { status: 200, headers: new Headers(), content },
          requestId: "",
          secrets: [],
          repeated: false,
        },
      ),
    );
  return {
    modules: starting,
    all: [
      callComparison(baseUrl),
      {
        name: "read a list of 10,000 jobs",
        ours: {
          name: "what jobsStatus.get reads by, each job showing itself",
          run: () => readList(list),
        },
        others: [
          {
            name: "JSON.parse",
            aim: { ratio: 1.4 },
            run: () => JSON.parse(new TextDecoder().decode(list)),
          },
          {
            name: "JSON.parse and zod's loose objects",
            run: () => z.parse(LIST, JSON.parse(new TextDecoder().decode(list))),
          },
        ],
        rounds: 60,
      },
      {
        name: "table of 10,000 jobs as HTML",
        ours: {
          name: "jobsTable",
          run: () => jobsTable(jobs)[jupyterDisplay](),
        },
        most: 10,
        others: [],
        rounds: 60,
      },
      ...await mapComparisons(),
      starting.comparison,
    ],
    async [Symbol.asyncDispose]() {
      server.kill();
      await server.status;
      await starting[Symbol.asyncDispose]();
    },
  };
}

function fileOf(name: string): string {
  return new URL(name, import.meta.url).pathname;
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("Cannot start the server of the benchmarks");
    text += new TextDecoder().decode(value);
  }
  await reader.cancel();
  return text.trim();
}
