/**
 * The text of every view at the widths that terminals have, to be read aloud.
 *
 * ```sh
 * deno run --no-check -A --import-map tests/import_map.npm.json tests/display/golden/golden.ts
 * ```
 *
 * Writes it anew; the test beside compares.
 *
 * @module
 */
import type { Block } from "../../../src/display/render/document.ts";
import { renderText } from "../../../src/display/render/formats/text.ts";
import { assetsBlocks } from "../../../src/display/views/results/assets.ts";
import { geometriesBlocks } from "../../../src/display/views/results/footprints.ts";
import { healthBlocks } from "../../../src/display/views/service/cards.ts";
import { parametersBlocks } from "../../../src/display/views/service/request.ts";
import { jobBlocks } from "../../../src/display/views/work/job.ts";
import { jobsBlocks } from "../../../src/display/views/work/jobs.ts";
import { jobsStatusBlocks, tasksBlocks } from "../../../src/display/views/work/tasks.ts";
import { taskBlocks } from "../../../src/display/views/work/task.ts";
import { oneService, realisticJob, thousandJobs, withDates } from "../realistic.ts";
import { job, results, task } from "../views.ts";
import { viewsOfRooms } from "./rooms.ts";

/** The widths of the golden files. */
export const WIDTHS = [60, 80, 100, 200];

/** The file of a width. */
export function goldenFile(width: number): URL {
  return new URL(`${width}.txt`, import.meta.url);
}

/** The text of every view at a width. */
export async function goldenText(width: number): Promise<string> {
  const all = [...views(), ...await viewsOfRooms()];
  return all.map(([name, blocks]) => `# ${name}\n\n${renderText(blocks, { columns: width })}\n`)
    .join("\n");
}

function views(): [name: string, blocks: readonly Block[]][] {
  const failed = withDates(realisticJob(4711, "failed"));
  const tiles = Array.from({ length: 12 }, (_, index) => {
    const status = index === 5 ? "failed" : index < 7 ? "finished" : "running";
    const one = realisticJob(8_001 + index, status);
    return { ...one, title: `NDVI of Flanders - Processing Job ${index + 1}` };
  });
  const file = (name: string, size: number, type: string) => [
    name,
    {
      href: `https://results.example.test/jobs/${name}?Expires=1795000000&Signature=abc`,
      "file:size": size,
      type,
      roles: ["data"],
    },
  ];
  const long = "WORLDCEREAL_2021-10-01_2022-09-30_32631_E640_N5640_croptype";
  return [
    ["a list of jobs", jobsBlocks(oneService(25).map(withDates))],
    ["a thousand jobs", jobsBlocks(thousandJobs())],
    ["its second page", jobsBlocks(thousandJobs(), { page: 2, rows: 4 })],
    ["one job in a list", jobsBlocks([failed])],
    ["no jobs", jobsBlocks([])],
    ["no such jobs", jobsBlocks([failed], { where: { status: "running" } })],
    ["a failed job", jobBlocks(failed)],
    ["a job that runs", jobBlocks(job({ status: "running" }))],
    ["a finished job", jobBlocks(job({ status: "finished" }))],
    ["a job nobody can ask about", jobBlocks(job({ status: "unknown", label: "openeo" }))],
    [
      "a task",
      taskBlocks({ ...task("running"), title: "NDVI of Flanders", jobs: tiles }, { expected: 12 }),
    ],
    ["a task in short", taskBlocks({ id: 7, title: "Latium", label: "openeo", status: "created" })],
    [
      "tasks",
      tasksBlocks([
        { id: 7, title: "Latium", label: "openeo", status: "running" },
        { id: 9, title: "NDVI of Flanders", label: "ogc_api_process", status: "finished" },
      ]),
    ],
    ["nothing at all", jobsStatusBlocks({ upscaling_tasks: [], processing_jobs: [] })],
    [
      "results",
      assetsBlocks(
        results(Object.fromEntries([
          file(`${long}_classification.tif`, 52_428_800, "image/tiff; application=geotiff"),
          file(`${long}_probability.tif`, 3_355_443_200, "image/tiff; application=geotiff"),
          file(`${long}_confidence.tif`, 812, "image/tiff; application=geotiff"),
        ])),
        { title: "Results of job 42" },
      ),
    ],
    ["no files", assetsBlocks(results(null))],
    [
      "parameters",
      parametersBlocks([
        {
          name: "spatial_extent",
          type: "bounding-box",
          optional: false,
          description: "Limits the data to process to the specified bounding box",
        },
        {
          name: "max_cloud_cover",
          type: "integer",
          optional: true,
          default: 0.75,
          description:
            "The maximum cloud cover of the scenes that are used, as a share of their area; scenes with more are left out before anything is loaded",
        },
      ]),
    ],
    ["health", healthBlocks({ status: "ok", database: { status: "ok" } })],
    [
      "tiles",
      geometriesBlocks({
        type: "GeometryCollection",
        geometries: [{ type: "Point", coordinates: [4.2, 51] }],
      }),
    ],
  ];
}

if (import.meta.main) {
  for (const width of WIDTHS) {
    await Deno.writeTextFile(goldenFile(width), await goldenText(width));
  }
}
