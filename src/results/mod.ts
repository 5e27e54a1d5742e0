/**
 * Take results home: files on disk that are whole, and pictures in the cell.
 *
 * @example The files of a finished job, and one of them as a table
 * ```ts
 * import { readTable } from "@apex-dispatch/client/results";
 * import { assertEquals } from "@std/assert";
 *
 * const csv = new TextEncoder().encode("date,ndvi\n2026-06-01,0.5\n");
 * const { rows } = await readTable(csv);
 * assertEquals(rows, [{ date: new Date("2026-06-01T00:00:00Z"), ndvi: 0.5 }]);
 * ```
 *
 * `download` wants the permissions to reach the files' host (`--allow-net`) and to read and write the folder; the others
 * that to reach the host, or to read the file. What draws and decodes is loaded when it is needed.
 *
 * @module
 */
import "../runtime.ts";
export type { Cube } from "./cube/cube.ts";
export { readCube, type ReadCubeOptions } from "./cube/read_cube.ts";
export { download, type DownloadOptions } from "./download/download.ts";
export type { DownloadedFile } from "./download/files_view.ts";
export type { DownloadProgress, FileProgress } from "./download/progress.ts";
export type { Downloadable, ResultsClient } from "./download/plan/sources.ts";
export type { FileCheck } from "./download/transfer/transfer.ts";
export type { FileSource } from "./input.ts";
export { type Preview, preview, type Previewable } from "./preview/preview.ts";
export type { Picture, PictureRaster } from "./preview/raster_picture.ts";
export type { PreviewOptions } from "./preview/show_file.ts";
export type { Colour, PaletteName } from "./raster/colours.ts";
export type { Meaning } from "./raster/paint.ts";
export type { BandStatistics } from "./raster/statistics.ts";
export { ResultsError, type ResultsErrorOptions, type ResultsFailure } from "./results_error.ts";
export { readSeries, type ReadSeriesOptions } from "./series/read_series.ts";
export type { Series } from "./series/series.ts";
export { readTable, type ReadTableOptions } from "./tables/read_table.ts";
export type { CellValue, Table, TableColumn } from "./tables/table.ts";
