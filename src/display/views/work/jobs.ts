import { shownTitle } from "../../../models/title_token.ts";
import { checkOptions } from "../../../models/schema/options.ts";
import type { Written } from "../../../models/schema/model.ts";
import { count } from "../../../core/units.ts";
import type { ProcessingJobSummary } from "../../../models/jobs.ts";
import { type Displayable, displayable, withData } from "../../render/displayable.ts";
import {
  type Block,
  command,
  type Line,
  muted,
  type Piece,
  piecesOf,
  strong,
} from "../../render/document.ts";
import {
  captionOf,
  moreOf,
  type RowOptions,
  rowRules,
  select,
  type Selection,
  sharedStart,
  type WorkOrder,
  type WorkOrderWord,
} from "./select.ts";
import { hasDates, type JobColumn, namedColumn } from "./job.ts";
import { traitsOf } from "./traits.ts";

/** How a table of jobs is made. */
export interface JobsTableOptions extends RowOptions<ProcessingJobSummary> {
  /**
   * Which columns to show, in this order: `id`, `status`, `title`, `service`, `host`, `label`, `created`, `updated`,
   * `parameters`, or the name of a parameter.
   *
   * @default those in which the jobs differ; what is the same in every row stands above the table
   */
  readonly columns?: readonly string[] | undefined;
  /**
   * What to call the table.
   *
   * @default the number of jobs
   */
  readonly caption?: string | undefined;
  /** What else to say above the table. */
  readonly note?: string | undefined;
  /**
   * Whether the list was made of another, so that an empty one does not mean that there are no jobs.
   *
   * @default {false}
   */
  readonly made?: boolean | undefined;
}

/** {@linkcode JobsTableOptions} as somebody may have written them: in a plain `const` object a word is any text. */
export interface WrittenTableOptions<Order extends string> extends Omit<JobsTableOptions, "sort"> {
  /** The order, as for {@linkcode JobsTableOptions}. */
  readonly sort?:
    | Written<Order, WorkOrderWord>
    | Exclude<WorkOrder<ProcessingJobSummary>, string>
    | undefined;
}

/**
 * A table of jobs: failed ones first, then running ones, then the newest, at most twenty, and some of each status. The
 * counts by status are of all. What is the same in every row is said once, above the table; of the parameters those
 * are shown that differ.
 *
 * @example
 * ```ts
 * import { jobsTable, type ProcessingJobSummary } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const job = (id: number, status: string, resolution: number): ProcessingJobSummary => ({
 *   id,
 *   title: "Vegetation index",
 *   label: "ogc_api_process",
 *   status,
 *   service: { endpoint: "https://processes.example.test", application: "/processes/vegetation-index" },
 *   parameters: { resolution, bands: ["B04", "B08"] },
 * });
 * assertEquals(String(jobsTable([job(42, "finished", 10), job(43, "failed", 20)])).split("\n"), [
 *   "2 jobs · 1 failed · 1 finished",
 *   "Alike: Vegetation index · vegetation-index on processes.example.test · bands B04, B08",
 *   "Job  Status      resolution",
 *   "───  ──────────  ──────────",
 *   " 43  ✗ failed            20",
 *   " 42  ✓ finished          10",
 * ]);
 * ```
 */
export function jobsTable<Order extends string = WorkOrderWord>(
  jobs: readonly ProcessingJobSummary[],
  options?: WrittenTableOptions<Order>,
): Displayable;
export function jobsTable(
  jobs: readonly ProcessingJobSummary[],
  options: JobsTableOptions = {},
): Displayable {
  checkOptions<JobsTableOptions>("Cannot make the table of jobs", options, {
    ...rowRules(options),
    columns: "object",
    caption: "string",
    note: "string",
    made: "boolean",
  });
  return withData(
    displayable(() => jobsBlocks(jobs, options)),
    () => select(jobs, { ...options, rows: Infinity, page: 1 }).shown,
  );
}

const NONE_YET: Line = [
  "No jobs yet: ",
  command("await client.unitJobs.create(request)"),
  " makes one.",
];

/** The blocks of a table of jobs. */
export function jobsBlocks(
  jobs: readonly ProcessingJobSummary[],
  options: JobsTableOptions = {},
): readonly Block[] {
  const { caption, columns, rows } = options;
  const selection = select(jobs, options);
  const { shown, total } = selection;
  if (total === 0) {
    const none = jobs.length > 0
      ? `Nothing like that among ${count(jobs.length, "job")}`
      : undefined;
    const line: Line = none ?? (caption === undefined && !options.made ? NONE_YET : "No jobs");
    return [{
      kind: "note",
      tone: "plain",
      lines: [caption === undefined ? line : [`${caption}: `, ...piecesOf(lowered(line))]],
    }];
  }
  if (shown.length === 0) {
    return [{
      kind: "note",
      tone: "plain",
      lines: [`There are no more rows: ${total} jobs end on an earlier page`],
    }];
  }
  const { cells, about } = columns === undefined
    ? telling(selection)
    : { cells: columns.map((name) => namedColumn(name, shown)), about: [] };
  const more = moreOf(selection, "jobsTable(jobs, { page: # })", rows);
  return [
    {
      kind: "table",
      caption: captionOf(selection, "job", caption),
      about: options.note === undefined ? about : [...about, options.note],
      columns: cells.map(({ column }) => column),
      rows: shown.map((_, row) => cells.map(({ cells }) => cells[row] ?? "")),
    },
    ...(more === undefined ? [] : [{ kind: "note", tone: "plain", lines: [more] } as const]),
  ];
}

function lowered(line: Line): Line {
  return typeof line === "string" ? line.charAt(0).toLowerCase() + line.slice(1) : line;
}

/**
 * The block of the jobs of a task, below its card: all run the same service, their titles begin with the task's, and
 * what matters of their parameters is what differs. The counts stand in the card.
 */
export function taskJobsBlocks(
  task: { readonly title: string; readonly jobs: readonly ProcessingJobSummary[] },
  rows?: number,
): readonly Block[] {
  const selection = select(task.jobs, { rows });
  const { shown, total } = selection;
  const { cells, about } = telling(selection, `${shownTitle(task.title)} - `);
  const more = moreOf(selection, "jobsTable(task.jobs, { page: # })", rows);
  return [
    {
      kind: "table",
      caption: [
        strong("Jobs"),
        ...(shown.length < total ? [muted(` · ${shown.length} of ${total} shown`)] : []),
      ],
      about,
      columns: cells.map(({ column }) => column),
      rows: shown.map((_, row) => cells.map(({ cells }) => cells[row] ?? "")),
    },
    ...(more === undefined ? [] : [{ kind: "note", tone: "plain", lines: [more] } as const]),
  ];
}

/** The columns that tell the rows apart, and what is the same in all of them. */
function telling(
  { shown, counts }: Selection<ProcessingJobSummary>,
  prefix?: string,
): { readonly cells: readonly JobColumn[]; readonly about: readonly Line[] } {
  const id = namedColumn("id", shown);
  const status = namedColumn("status", shown);
  const alone = shown.length === 1;
  if (alone && prefix === undefined) {
    const cells = [id, status, namedColumn("title", shown), namedColumn("service", shown)];
    return { cells: [...cells, ...traitsOf(shown).columns], about: [] };
  }
  const common: Piece[] = [];
  const cells = [id, ...(counts.size > 1 || alone ? [status] : [])];

  const titles = shown.map(({ title }) => shownTitle(title));
  if (new Set(titles).size === 1 && !alone) common.push({ text: titles[0] ?? "" });
  else {
    const start = prefix ?? startOf(titles);
    if (prefix === undefined && start !== "") common.push({ text: `${start}…` });
    cells.push(titleColumn(titles, start));
  }
  if (prefix === undefined) {
    const services = namedColumn("service", shown);
    const hosts = namedColumn("host", shown);
    const [oneService, oneHost] = [isUniform(services.cells), isUniform(hosts.cells)];
    if (oneService) common.push(...pieceOf(services.cells[0]));
    else cells.push(services);
    if (oneHost) common.push({ text: `on ${textOf(hosts.cells[0])}` });
    else cells.push(hosts);
  }
  const traits = traitsOf(shown);
  cells.push(...traits.columns);
  common.push(...traits.common);
  if (shown.some(hasDates)) cells.push(namedColumn("created", shown));
  return { cells, about: common.length === 0 ? [] : [aboutLine(common)] };
}

/** `Alike: max_ndvi_composite on openeo.dataspace.copernicus.eu · bands B04, B08`. */
function aboutLine(common: readonly Piece[]): Line {
  return [
    "Alike: ",
    ...common.flatMap((piece, index) =>
      index === 0 ? [piece] : [piece.text.startsWith("on ") ? " " : " · ", piece]
    ),
  ];
}

function isUniform(cells: readonly Line[]): boolean {
  return new Set(cells.map((cell) => JSON.stringify(piecesOf(cell)))).size === 1;
}

function pieceOf(line: Line | undefined): readonly Piece[] {
  return line === undefined ? [] : piecesOf(line);
}

function textOf(line: Line | undefined): string {
  return pieceOf(line).map(({ text }) => text).join("");
}

/** Titles longer than this give up what they begin with in common. */
const LONG_TITLE = 40;

function startOf(titles: readonly string[]): string {
  return titles.some(({ length }) => length > LONG_TITLE) ? sharedStart(titles, 12) : "";
}

function titleColumn(titles: readonly string[], start: string): JobColumn {
  return {
    column: { title: "Title", max: 60, yields: true },
    cells: titles.map((title) =>
      start !== "" && title.startsWith(start) && title.length > start.length
        ? { text: title.slice(start.length), whole: title }
        : title
    ),
  };
}
