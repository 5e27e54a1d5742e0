import type { Asset, Collection } from "../../../models/stac/stac.ts";
import { checkOptions } from "../../../models/schema/options.ts";
import { extentFields } from "./footprints.ts";
import { type Displayable, displayable, withData } from "../../render/displayable.ts";
import {
  type Block,
  type Column,
  command,
  type Line,
  MAX_ROWS,
  muted,
  strong,
} from "../../render/document.ts";
import { fitLine, textOf } from "../../render/fit.ts";
import { locate } from "../../render/link.ts";
import { count } from "../../../core/units.ts";
import { aboutOf, expiryOf, nameOf, sizeOf, typeOf, whereOf } from "./asset_cells.ts";

/** How a table of results is made. */
export interface AssetsTableOptions {
  /**
   * The most files to show.
   *
   * @default 20
   */
  readonly rows?: number | undefined;
  /**
   * What to call the results.
   *
   * @default the title that the platform gave them
   */
  readonly title?: string | undefined;
  /**
   * Whether signed addresses become links as well. Whoever gets the notebook gets the files then, until the links end;
   * the table says so.
   *
   * @default {false}
   */
  readonly links?: boolean | undefined;
}

/**
 * A table of the files among a job's results, with where and when the data is. Addresses that are
 * `http:` or `https:` are links; one that carries a signature is none, because whoever gets the notebook would get
 * the files: the table says its host and when it ends, and the address stays in the data.
 *
 * @example
 * ```ts
 * import { assetsTable, Collection } from "@apex-dispatch/client";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const results = Collection.parse({
 *   id: "c1",
 *   type: "Collection",
 *   description: "Results",
 *   license: "proprietary",
 *   links: [],
 *   extent: { spatial: { bbox: [[12, 41, 13, 42]] }, temporal: { interval: [[null, null]] } },
 *   assets: { "index.tif": { href: "s3://results/index.tif", "file:size": 1234 } },
 * });
 * assertStringIncludes(String(assetsTable(results)), "index.tif  1.2 kB");
 * ```
 */
export function assetsTable(
  results: Collection | null,
  options: AssetsTableOptions = {},
): Displayable {
  checkOptions<AssetsTableOptions>("Cannot make the table of files", options, {
    rows: "number",
    title: "string",
    links: "boolean",
  });
  return withData(
    displayable(() => assetsBlocks(results, options)),
    () => Object.entries(results?.assets ?? {}).map(([file, asset]) => ({ file, ...asset })),
  );
}

/** The blocks of a table of results. */
export function assetsBlocks(
  results: Collection | null,
  { rows = MAX_ROWS, title: name, links = false }: AssetsTableOptions = {},
): readonly Block[] {
  if (results === null) {
    return [{
      kind: "note",
      tone: "warning",
      lines: [name === undefined ? "The service has no results for this job" : `${name}: none`],
    }];
  }
  const title = name ?? results.title ?? results.id;
  const about: Block = {
    kind: "fields",
    caption: /^results\b/i.test(title) ? strong(title) : [strong("Results"), "  ", title],
    fields: [
      ...(results.description === results.title || results.description === "Results"
        ? []
        : [{ label: "About", lines: [results.description] }]),
      ...extentFields(results.extent),
      { label: "Licence", lines: [results.license] },
    ],
  };
  const assets = Object.entries(results.assets ?? {});
  if (assets.length === 0) {
    const reason = results.assets
      ? "There are no files among the results."
      : "There are no files among the results. A finished OGC job whose platform sent no STAC document gets an invented one: the world as its extent and nothing in it.";
    return [about, { kind: "note", tone: "warning", lines: [reason] }];
  }
  return [about, ...filesBlocks(assets, { rows, links })];
}

type NamedAsset = readonly [name: string, asset: Asset];

/** A column of the table of files: what it is called, its cells, and how it is said once where all are alike. */
interface FileColumn {
  readonly column: Column;
  readonly cells: readonly Line[];
  readonly once: (text: string) => string;
}

function filesBlocks(
  assets: readonly NamedAsset[],
  { rows, links }: { readonly rows: number; readonly links: boolean },
): readonly Block[] {
  const shown = assets.slice(0, rows);
  const locations = shown.map(([, { href }]) => locate(href));
  const signed = locations.some((location) => location.signed);
  const facts = shown.length < assets.length ? [`${shown.length} of ${assets.length} shown`] : [];
  if (locations.some(({ secret }) => secret)) {
    facts.push("an address that holds a secret is not shown in full");
  }
  const column = (
    title: string,
    cell: (asset: Asset, name: string) => Line,
    options: Omit<Column, "title">,
    once: FileColumn["once"] = (text) => text,
  ): FileColumn => ({
    column: { title, ...options },
    cells: shown.map(([name, asset]) => cell(asset, name)),
    once,
  });
  const file = column("File", (asset, name) => nameOf(name, asset, links), {
    max: 44,
    yields: true,
  });
  const size = column("Size", sizeOf, { max: 12, align: "right" });
  const others = [
    column("Type", typeOf, { max: 30, folds: 2 }),
    column("About", (asset, name) => aboutOf(name, asset), { max: 40, yields: true, folds: 4 }),
    ...(signed
      ? [column("Link ends", expiryOf, { max: 24, folds: 3 }, (text) => `links end ${text}`)]
      : []),
    column("Stored at", whereOf, { max: 80, wraps: true, folds: 1 }, (text) => `at ${text}`),
  ];
  const alike = shown.length > 1 ? others.filter(({ cells }) => isUniform(cells)) : [];
  const common = alike.map(({ cells: [cell = ""], once }) => once(textOf(fitLine(cell, 80))))
    .filter((text) => text !== "–");
  const [first, ...rest] = [file, size, ...others.filter((other) => !alike.includes(other))];
  const columns = [first, ...rest].filter((found) => found !== undefined);
  return [
    {
      kind: "table",
      caption: [
        strong(count(assets.length, "file")),
        ...(facts.length > 0 ? [muted(` · ${facts.join(" · ")}`)] : []),
      ],
      about: common.length > 0 ? [`Alike: ${common.join(" · ")}`] : [],
      columns: columns.map(({ column }) => column),
      rows: shown.map((_, row) => columns.map(({ cells }) => cells[row] ?? "")),
    },
    ...(signed ? [signedNote(links)] : []),
    PICTURES,
  ];
}

/** The table is of names: what is in the files is seen elsewhere. */
const PICTURES: Block = {
  kind: "note",
  tone: "plain",
  lines: [[
    command("await preview(results)"),
    muted(" shows them: @apex-dispatch/client/results"),
  ]],
};

function isUniform(cells: readonly Line[]): boolean {
  return new Set(cells.map((cell) => textOf(fitLine(cell, 200)))).size === 1;
}

/** A signed link opens its file for everyone, which is why it has to be asked for. */
function signedNote(links: boolean): Block {
  return links
    ? {
      kind: "note",
      tone: "warning",
      lines: ["Whoever gets this notebook gets these files, until the links end."],
    }
    : {
      kind: "note",
      tone: "plain",
      lines: [[
        muted("Signed addresses are not shown; "),
        command("assetsTable(results, { links: true })"),
        muted(" makes links of them."),
      ]],
    };
}
