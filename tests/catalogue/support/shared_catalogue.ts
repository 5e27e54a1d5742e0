/** A clone of the real catalogue beside the project, where there is one: the tests do without it. */
export const catalogueFolder: string | undefined = folderAt(
  new URL("../../../../shared/catalogue", import.meta.url),
);

function folderAt(url: URL): string | undefined {
  try {
    return Deno.statSync(url).isDirectory ? decodeURIComponent(url.pathname) : undefined;
  } catch {
    return undefined;
  }
}

/** The process definitions of a clone, with their paths. */
export async function definitionsIn(
  folder: string | undefined,
): Promise<readonly (readonly [string, unknown])[]> {
  if (folder === undefined) return [];
  const found: (readonly [string, unknown])[] = [];
  for await (const path of filesBelow(`${folder}/algorithm_catalog`)) {
    if (/\/(?:records|benchmark[^/]*)\//.test(path)) continue;
    const value: unknown = JSON.parse(await Deno.readTextFile(path));
    if (typeof value === "object" && value !== null && "parameters" in value) {
      found.push([path.slice(folder.length), value]);
    }
  }
  return found;
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* filesBelow(`${folder}/${name}`);
    else if (name.endsWith(".json")) yield `${folder}/${name}`;
  }
}
