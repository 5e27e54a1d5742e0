import {
  AuthenticatedClient,
  jobsTable,
  jupyterDisplay,
  type ProcessingJobSummary,
} from "../../mod.ts";
import { operations } from "../../src/api/operations.ts";
import { showWork } from "../../src/api/show.ts";
import { mapComparisons } from "./map_cases.ts";
import { JOB_REQUEST, jobSummary } from "../support/requests.ts";

/** What is measured: our way beside the plain one, in the same run. */
export interface Comparison {
  /** What both do. */
  readonly name: string;
  /** The plain way; none where the aim is a time. */
  readonly plain?: Way;
  /** Our way. */
  readonly ours: Way;
  /** What ours should cost at the most: a ratio to the plain way, or milliseconds more, or milliseconds. */
  readonly aim: { readonly ratio: number } | { readonly more: number } | { readonly time: number };
  /** How often each is measured. */
  readonly rounds: number;
}

/** One way to do it. */
export interface Way {
  readonly name: string;
  readonly run: () => unknown;
}

/** Everything that is measured, and what closes what it needs. */
export interface Comparisons extends AsyncDisposable {
  readonly all: readonly Comparison[];
}

/** Ten thousand jobs as the service lists them. */
export function manyJobs(count = 10_000): ProcessingJobSummary[] {
  const statuses = ["finished", "running", "failed", "queued", "created", "canceled"];
  return Array.from(
    { length: count },
    (_, index) => jobSummary(index + 1, statuses[index % statuses.length]),
  );
}

/** Sets up what the comparisons need: a server on loopback, a list of ten thousand jobs. */
export async function comparisons(): Promise<Comparisons> {
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
          headline: "Cannot list the jobs and tasks",
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
    all: [
      {
        name: "create one job",
        plain: {
          name: "fetch + JSON.parse",
          run: async () => {
            const response = await fetch(`${baseUrl}/unit_jobs`, {
              method: "POST",
              headers: { "Content-Type": "application/json", "Authorization": `Bearer ${token}` },
              body: JSON.stringify(JOB_REQUEST),
            });
            return JSON.parse(await response.text());
          },
        },
        ours: { name: "unitJobs.create", run: () => client.unitJobs.create(JOB_REQUEST) },
        aim: { ratio: 1.15 },
        rounds: 2000,
      },
      {
        name: "read a list of 10,000 jobs",
        plain: { name: "JSON.parse", run: () => JSON.parse(new TextDecoder().decode(list)) },
        ours: { name: "what jobsStatus.get reads by", run: () => readList(list) },
        aim: { ratio: 1.5 },
        rounds: 60,
      },
      {
        name: "table of 10,000 jobs as HTML",
        ours: {
          name: "jobsTable",
          run: () => jobsTable(jobs)[jupyterDisplay](),
        },
        aim: { time: 10 },
        rounds: 60,
      },
      ...await mapComparisons(),
      {
        name: "start-up",
        plain: { name: "import zod", run: () => start("import_zod.ts") },
        ours: { name: "import the package", run: () => start("import_package.ts") },
        aim: { more: 10 },
        rounds: 25,
      },
    ],
    async [Symbol.asyncDispose]() {
      server.kill();
      await server.status;
    },
  };
}

async function start(file: string): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", fileOf(file)],
    stdout: "null",
    stderr: "null",
  }).output();
  if (!success) throw new Error(`Cannot run ${file}`);
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
