// The imports of the source, as Deno itself reads them.
import * as z from "zod/mini";

/** One file that names another. */
export interface Import {
  /** The file, from the root: `src/api/call.ts`. */
  readonly from: string;
  /** What it names: a file from the root, or something from outside, such as `npm:zod`. */
  readonly to: string;
  /** Whether it names types alone, so that nothing is loaded. */
  readonly type: boolean;
  /** Whether it is loaded when it is wanted, by `import()`. */
  readonly dynamic: boolean;
  /** The line. */
  readonly line: number;
}

const targetSchema = z.optional(z.looseObject({
  specifier: z.optional(z.string()),
  error: z.optional(z.string()),
  span: z.looseObject({ start: z.looseObject({ line: z.number() }) }),
}));
const infoSchema = z.looseObject({
  modules: z.array(z.looseObject({
    specifier: z.string(),
    error: z.optional(z.string()),
    dependencies: z.optional(z.array(z.looseObject({
      specifier: z.string(),
      code: targetSchema,
      type: targetSchema,
      isDynamic: z.optional(z.boolean()),
    }))),
  })),
});

/**
 * Every import of some files and of all files that they lead to within a tree: also those of types
 * alone, and those made when they are wanted. Paths are from the root, with `/`.
 *
 * @throws {Error} if a file cannot be read, or an import leads nowhere.
 */
export async function importsOf(root: URL, files: readonly string[]): Promise<Import[]> {
  const all = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const lines = files.map((file) => `import ${JSON.stringify(new URL(file, root).href)};\n`);
    await Deno.writeTextFile(all, lines.join(""));
    const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", "--import-map", "tests/import_map.npm.json", all],
      cwd: root,
    }).output();
    const text = new TextDecoder();
    if (!success) throw new Error(text.decode(stderr));
    return readInfo(JSON.parse(text.decode(stdout)), root.href);
  } finally {
    await Deno.remove(all);
  }
}

function readInfo(info: unknown, root: string): Import[] {
  return infoSchema.parse(info).modules.flatMap(({ specifier, error, dependencies = [] }) => {
    if (error !== undefined) throw new Error(`${specifier}: ${error}`);
    if (!specifier.startsWith(root)) return [];
    const from = specifier.slice(root.length);
    return dependencies.map((dependency) => {
      const target = dependency.code ?? dependency.type;
      if (target?.specifier === undefined) {
        throw new Error(`${from}: ${dependency.specifier} leads nowhere`);
      }
      return {
        from,
        to: nameOf(target.specifier, root),
        type: dependency.code === undefined,
        dynamic: dependency.isDynamic === true,
        line: target.span.start.line + 1,
      };
    });
  });
}

/** A file by its path, a package by its name without version and path, anything else as it is. */
function nameOf(specifier: string, root: string): string {
  if (specifier.startsWith(root)) return specifier.slice(root.length);
  const name = /^(npm|jsr):\/?((?:@[^/@]+\/)?[^/@]+)/.exec(specifier);
  return name === null ? specifier : `${name[1]}:${name[2]}`;
}

/** All TypeScript files below a folder, from the root, in order. */
export async function filesBelow(root: URL, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(`${folder}/`, root))) {
    const path = `${folder}/${name}`;
    if (isDirectory) found.push(...await filesBelow(root, path));
    else if (name.endsWith(".ts")) found.push(path);
  }
  return found.sort();
}

/** What is loaded at once when a file is imported: files, and packages from outside. */
export function loadedBy(file: string, imports: readonly Import[]): Set<string> {
  const loaded = new Set([file]);
  for (const one of loaded) {
    for (const { from, to, type, dynamic } of imports) {
      if (from === one && !type && !dynamic) loaded.add(to);
    }
  }
  return loaded;
}
