import { count, formatBytes } from "../../core/units.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { type Block, code, type Line, muted, strong } from "../../display/render/document.ts";
import type { SkippedAsset } from "./plan/plan.ts";
import type { FileCheck } from "./transfer/transfer.ts";

/** A file that was brought home. */
export interface DownloadedFile {
  /** What the result calls it. */
  readonly key: string;
  /** What it is called. */
  readonly name: string;
  /** Where it lies. */
  readonly path: string;
  /** How many bytes it has. */
  readonly size: number;
  /** How it was checked. */
  readonly checked: FileCheck;
  /** Whether it was fetched; else it was there already. */
  readonly fetched: boolean;
  /** Its media type. */
  readonly type: string | undefined;
  /** Where it came from: the host alone. */
  readonly host: string;
}

/** What a table of files is of. */
export interface FilesContext {
  readonly folder: string;
  /** What could not be fetched. */
  readonly skipped: readonly SkippedAsset[];
}

const MOST_ROWS = 20;

/** The files of a download as a table: what there is, how it was checked, where it lies. */
export function filesView(
  files: readonly DownloadedFile[],
  { folder, skipped }: FilesContext,
): Displayable {
  return displayable(() => {
    const shown = files.slice(0, MOST_ROWS);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const there = files.filter(({ fetched }) => !fetched).length;
    const facts = [
      formatBytes(size),
      `in ${folder}`,
      ...(there === 0 ? [] : [`${there === files.length ? "all" : there} there already`]),
      ...(shown.length < files.length ? [`${shown.length} of ${files.length} shown`] : []),
    ];
    const table: Block = {
      kind: "table",
      caption: [strong(count(files.length, "file")), muted(` · ${facts.join(" · ")}`)],
      columns: [
        { title: "File", max: 60, yields: true },
        { title: "Size", max: 12, align: "right" },
        { title: "Checked by", max: 20 },
        { title: "Path", max: 80, yields: true },
      ],
      rows: shown.map((file): Line[] => [
        file.name,
        formatBytes(file.size),
        file.checked === "not checked" ? muted("nothing to check") : file.checked,
        code(file.path),
      ]),
    };
    const missing: Block[] = skipped.length === 0 ? [] : [{
      kind: "note",
      tone: "warning",
      lines: skipped.slice(0, MOST_ROWS).map(({ key, why }) => `${key} was not fetched: ${why}`),
    }];
    return [table, ...missing];
  });
}
