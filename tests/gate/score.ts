/**
 * Recomputes what JSR scores of the code, and fails below all of it: `deno run -A tests/gate/score.ts`. The
 * documentation of every door passes `deno doc --lint` first, and a dry run of the publication finds slow types.
 *
 * @module
 */
import * as z from "zod/mini";
import { entrypoints, ROOT } from "./entrypoints.ts";

const docSchema = z.optional(z.looseObject({
  doc: z.optional(z.string()),
  tags: z.optional(z.array(z.looseObject({ kind: z.string() }))),
}));
const moduleSchema = z.looseObject({
  module_doc: docSchema,
  symbols: z.optional(z.array(z.looseObject({
    name: z.string(),
    declarations: z.array(z.looseObject({ jsDoc: docSchema })),
  }))),
});
const outputSchema = z.looseObject({ nodes: z.record(z.string(), moduleSchema) });

/** The documentation of one door, as `deno doc --json` gives it. */
export type ModuleDocs = z.output<typeof moduleSchema>;

/** What is scored. */
export interface Scored {
  /** The README. */
  readonly readme: string;
  /** The doors by name. */
  readonly doors: ReadonlyMap<string, ModuleDocs>;
  /** Whether the types of what is exported have to be inferred. */
  readonly slowTypes: boolean;
}

/** One thing that JSR looks at. */
export interface Score {
  /** What it is. */
  readonly what: string;
  /** The points it has. */
  readonly points: number;
  /** The points it can have. */
  readonly of: number;
}

/** The share of symbols that have to be documented for the points of it. */
const SHARE = 0.8;

/** What JSR scores of the code. */
export function score({ readme, doors, slowTypes }: Scored): Score[] {
  const modules = [...doors.values()];
  const first = modules[0]?.module_doc;
  const symbols = modules.flatMap(({ symbols = [] }) => symbols);
  const documented = symbols.filter(({ declarations }) =>
    declarations.some(({ jsDoc }) => (jsDoc?.doc ?? "").trim() !== "")
  );
  const share = symbols.length === 0 ? 0 : documented.length / symbols.length;
  const missing = [...doors].filter(([, { module_doc: doc }]) => (doc?.doc ?? "").trim() === "");
  const example = /^ *```/m.test(readme) || first?.tags?.some(({ kind }) => kind === "example");
  const points = (what: string, of: number, holds: boolean | undefined): Score => ({
    what,
    points: holds === true ? of : 0,
    of,
  });
  return [
    points("a README or a module doc", 2, readme.trim() !== "" || (first?.doc ?? "").trim() !== ""),
    points("an example in it", 1, example),
    points(
      `a module doc at every door${
        missing.length === 0 ? "" : `, not at ${missing.map(([name]) => name).join(", ")}`
      }`,
      1,
      missing.length === 0 && doors.size > 0,
    ),
    points(
      `symbols documented: ${documented.length} of ${symbols.length}`,
      5,
      share >= SHARE,
    ),
    points("no slow types", 5, !slowTypes),
  ];
}

/** Reads what `deno doc --json` says of one module. */
export function readDocs(json: unknown): ModuleDocs {
  const [module] = Object.values(outputSchema.parse(json).nodes);
  if (module === undefined) throw new Error("deno doc tells of no module");
  return module;
}

async function main(): Promise<number> {
  const doors = entrypoints();
  const lint = await deno(["doc", "--lint", ...doors.map(({ path }) => path)]);
  if (lint.code !== 0) return fail(lint.err);
  const published = await deno(["publish", "--dry-run", "--allow-dirty", "--quiet"]);
  const slowTypes = /slow types|missing-explicit/.test(published.err);
  if (published.code !== 0 && !slowTypes) return fail(published.err);

  const docs = new Map<string, ModuleDocs>();
  for (const { name, path } of doors) {
    const { code, out, err } = await deno(["doc", "--json", path]);
    if (code !== 0) return fail(err);
    docs.set(name, readDocs(JSON.parse(out)));
  }
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  const found = score({ readme, doors: docs, slowTypes });
  for (const { what, points, of } of found) console.log(`${points} of ${of}  ${what}`);
  if (slowTypes) console.error(published.err);
  return found.every(({ points, of }) => points === of) ? 0 : 1;
}

function fail(reason: string): number {
  console.error(reason);
  return 1;
}

async function deno(args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

if (import.meta.main) Deno.exit(await main());
