import { assetsTable } from "../../src/display/views/results/assets.ts";
import {
  type Displayable,
  jupyterDisplay,
  type MimeBundle,
} from "../../src/display/render/displayable.ts";
import { geometriesTable } from "../../src/display/views/results/footprints.ts";
import { healthCard } from "../../src/display/views/service/cards.ts";
import { jobCard } from "../../src/display/views/work/job.ts";
import { jobsTable } from "../../src/display/views/work/jobs.ts";
import { jobsStatusTable, taskTable } from "../../src/display/views/work/tasks.ts";
import { parametersTable } from "../../src/display/views/service/request.ts";
import { statisticsTable } from "../../src/display/views/service/statistics.ts";
import { taskCard } from "../../src/display/views/work/task.ts";
import type { ProcessingJob } from "../../src/models/jobs.ts";
import type { Asset, Collection } from "../../src/models/stac/stac.ts";
import type { UpscalingTask } from "../../src/models/upscaling.ts";

/** What a kernel would get of a view. */
export function bundleOf(view: Displayable): MimeBundle {
  return view[jupyterDisplay]();
}

/** The tutorial's job, changed as asked. */
export function job(changes: Partial<ProcessingJob> = {}): ProcessingJob {
  return {
    id: 42,
    title: "Vegetation index",
    label: "ogc_api_process",
    status: "created",
    service: {
      endpoint: "https://processes.example.test",
      namespace: "apex",
      application: "/processes/vegetation-index",
    },
    parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
    created: new Date("2026-11-23T15:38:21Z"),
    updated: new Date("2026-11-23T15:40:02Z"),
    ...changes,
  };
}

/** Jobs in these states, numbered from 1. */
export function jobs(...statuses: readonly string[]): ProcessingJob[] {
  return statuses.map((status, index) => job({ id: index + 1, status }));
}

/** A task whose jobs are in these states. */
export function task(status: string, ...statuses: readonly string[]): UpscalingTask {
  return { ...job({ id: 7, title: "Latium", status }), jobs: jobs(...statuses) };
}

/** Results with these files. */
export function results(
  assets: Readonly<Record<string, Asset>> | null,
  changes: Partial<Collection> = {},
): Collection {
  return {
    id: "c1",
    type: "Collection",
    title: "Results of c1",
    description: "Results",
    license: "proprietary",
    links: [],
    extent: {
      spatial: { bbox: [[12, 41, 13, 42]] },
      temporal: { interval: [[new Date("2025-05-01T00:00:00Z"), null]] },
    },
    assets,
    ...changes,
  };
}

/** Every view there is, with one text in each of its fields. */
export function everyView(text: string): [name: string, view: Displayable][] {
  const fields = { [text]: text, list: [text, { [text]: text }] };
  const service = { endpoint: text, namespace: text, application: text };
  const hostile = (status: string) =>
    job({ title: text, label: text, status, service, parameters: fields });
  const asset: Asset = {
    ...fields,
    href: text,
    type: text,
    title: text,
    description: text,
    roles: [text, text],
    "proj:epsg": text,
    "file:size": text,
  };
  const statuses = [text, "failed", "finished", "unknown"];
  return [
    ["jobsTable", jobsTable(statuses.map(hostile))],
    ["jobsTable, named", jobsTable([hostile(text)], { caption: text })],
    ["jobsTable, empty", jobsTable([], { caption: text })],
    ...statuses.map((status): [string, Displayable] => [
      `jobCard ${status.slice(0, 20)}`,
      jobCard(hostile(status)),
    ]),
    ["taskCard", taskCard({ ...hostile(text), jobs: statuses.map(hostile) }, { expected: 9 })],
    ["taskTable", taskTable(statuses.map(hostile), { caption: text })],
    [
      "jobsStatusTable",
      jobsStatusTable({ upscaling_tasks: [hostile(text)], processing_jobs: [hostile(text)] }),
    ],
    [
      "statisticsTable",
      statisticsTable({
        generated_at: new Date("2026-11-23T15:38:21Z"),
        processing_jobs: {
          total: 2,
          by_status: { [text]: 1, failed: 1 },
          by_interface: { [text]: 2 },
          by_service: { [text]: 2 },
        },
        upscaling_tasks: {
          total: 1,
          by_status: { [text]: 1 },
          by_interface: { [text]: 1 },
          by_service: { [text]: 1 },
          average_processing_jobs_per_upscaling_task: 2,
        },
      }),
    ],
    [
      "parametersTable",
      parametersTable([{
        name: text,
        type: text,
        optional: true,
        description: text,
        default: text,
        options: [text, fields],
      }]),
    ],
    [
      "assetsTable",
      assetsTable(
        results(
          { [text]: asset, second: { ...asset, href: `https://data.example.test/${text}` } },
          {
            id: text,
            title: text,
            description: text,
            license: text,
          },
        ),
      ),
    ],
    ["assetsTable, no files", assetsTable(results(null, { title: null, id: text, license: text }))],
    ["healthCard", healthCard({ status: text, database: { status: text, message: text } })],
    [
      "geometriesTable",
      geometriesTable({
        type: "GeometryCollection",
        geometries: [{ type: "Point", coordinates: [1, 2], ...Object({ type: text }) }],
      }),
    ],
  ];
}
