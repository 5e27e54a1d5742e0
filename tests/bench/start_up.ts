// What starting costs, and how much of it is only that there are modules.
import { type Import, importsOf, loadedBy } from "../gate/modules.ts";
import { ROOT } from "../gate/entrypoints.ts";
import type { Comparison } from "./cases.ts";

/** The comparison of starts, what it needs on the disk, and how many modules there are. */
export interface StartUp extends AsyncDisposable {
  readonly comparison: Comparison;
  /** How many modules are loaded with the package. */
  readonly atOnce: number;
  /** How many Deno reads for it: also those that are loaded when they are wanted. */
  readonly all: number;
}

/** Importing the package beside importing zod, and beside zod and the package's modules with nothing in them. */
export async function startUp(): Promise<StartUp> {
  const imports = await importsOf(ROOT, ["mod.ts"]);
  const all = filesOf(imports);
  const folder = await Deno.makeTempDir();
  await emptyCopies(folder, { files: all, imports });
  return {
    comparison: {
      name: "start-up",
      ours: { name: "import the package", run: () => start(fileOf("import_package.ts")) },
      others: [
        { name: "import zod", aim: { more: 15 }, run: () => start(fileOf("import_zod.ts")) },
        {
          name: `import zod and ${all.length} modules with nothing in them`,
          run: () => start(`${folder}/mod.ts`),
        },
      ],
      rounds: 25,
    },
    atOnce: [...loadedBy("mod.ts", imports)].filter((file) => all.includes(file)).length,
    all: all.length,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

function filesOf(imports: readonly Import[]): string[] {
  const files = imports.flatMap(({ from, to, type }) => type ? [] : [from, to]);
  return [...new Set(files)].filter((file) => file.endsWith(".ts"));
}

/** The same files in the same folders, importing one another in the same way, and nothing else in them. */
async function emptyCopies(
  folder: string,
  { files, imports }: { readonly files: readonly string[]; readonly imports: readonly Import[] },
): Promise<void> {
  for (const file of files) {
    const lines = imports.filter(({ from, type }) => from === file && !type)
      .flatMap(({ to, dynamic }) => {
        if (to === "npm:zod") return ['import "zod/mini";\n'];
        if (!files.includes(to)) return [];
        const url = JSON.stringify(`file://${folder}/${to}`);
        return [dynamic ? `void (() => import(${url}));\n` : `import ${url};\n`];
      });
    const path = `${folder}/${file}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, [...new Set(lines)].join(""));
  }
}

async function start(file: string): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--import-map", "tests/import_map.npm.json", file],
    cwd: ROOT,
    stdout: "null",
    stderr: "null",
  }).output();
  if (!success) throw new Error(`Cannot run ${file}`);
}

function fileOf(name: string): string {
  return new URL(name, import.meta.url).pathname;
}
