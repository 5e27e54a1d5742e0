import { displayWidth } from "../../../core/width.ts";
import type { Column, Line } from "../document.ts";
import { fitCells, fitLine, type FittedLine, textOf, widthOf } from "../fit.ts";

/** A column made ready to be shown. */
export interface FittedColumn {
  readonly column: Column;
  /** Its heading. */
  readonly head: FittedLine;
  /** Its cells, from the first row to the last. */
  readonly cells: readonly FittedLine[];
  /** How many characters wide it is. */
  readonly width: number;
}

/** The narrowest that a column is made before another is left out for it. */
const LEAST_YIELDING = 16;

/** The narrowest that a column is made in any case. */
const LEAST = 6;

/** The most characters of a heading. */
const MAX_HEAD = 30;

/**
 * Makes the columns of a table ready for a room of so many characters. What yields is shortened first; where that
 * would leave too little of it, the columns that matter least are left out.
 */
export function fitColumns(
  columns: readonly Column[],
  rows: readonly (readonly Line[])[],
  { room, gap }: { readonly room: number; readonly gap: number },
): readonly FittedColumn[] {
  const wanted = columns.map((column, index): FittedColumn => {
    const head = fitLine(column.title, MAX_HEAD);
    const cells = fitCells(rows.map((row) => row[index] ?? ""), column.max);
    const width = cells.reduce(
      (most, cell) => Math.max(most, widthOf(cell.pieces)),
      displayWidth(textOf(head)),
    );
    return { column, head, cells, width };
  });
  const kept = keep(wanted, room, gap);
  const widths = share(kept, room - gap * (kept.length - 1));
  return kept.map((fitted, at) => {
    const width = widths[at] ?? 0;
    if (width >= fitted.width) return fitted;
    const index = columns.indexOf(fitted.column);
    const cells = rows.map((row) => row[index] ?? "");
    return {
      column: fitted.column,
      width,
      head: fitLine(fitted.column.title, width),
      cells: fitted.column.wraps ? fitted.cells : fitCells(cells, width),
    };
  });
}

/** The columns that there is room for, if those that yield do. */
function keep(wanted: readonly FittedColumn[], room: number, gap: number): readonly FittedColumn[] {
  let kept = wanted;
  const least = ({ column: { yields }, width }: FittedColumn) =>
    yields ? Math.min(width, LEAST_YIELDING) : width;
  while (kept.reduce((sum, fitted) => sum + least(fitted) + gap, -gap) > room) {
    const ranks = kept.map(({ column }) => column.folds ?? 0);
    const last = Math.max(...ranks);
    if (last === 0) break;
    const index = ranks.lastIndexOf(last);
    kept = kept.filter((_, at) => at !== index);
  }
  return kept;
}

/** How wide each column may be: the widest of those that yield gives way first, then the widest of all. */
function share(kept: readonly FittedColumn[], room: number): readonly number[] {
  const widths = kept.map(({ width }) => width);
  const shrink = (indices: readonly number[], least: number) => {
    let excess = widths.reduce((sum, width) => sum + width, 0) - room;
    while (excess > 0) {
      const widest = indices.reduce(
        (found, index) => (widths[index] ?? 0) > (widths[found] ?? 0) ? index : found,
        indices[0] ?? -1,
      );
      const width = widths[widest] ?? 0;
      if (width <= least) return;
      widths[widest] = width - 1;
      excess--;
    }
  };
  const all = [...widths.keys()];
  shrink(all.filter((index) => kept[index]?.column.yields), LEAST_YIELDING);
  shrink(all, LEAST);
  return widths;
}
