/**
 * Makes the index of the catalogue that the package carries, from the live repository or from a folder that holds a
 * clone of it. Nothing else writes that file.
 *
 *     deno task catalogue                            # the live repository
 *     deno task catalogue FOLDER --date 2026-08      # a folder, and the day or month that it is of
 *
 * @module
 */
import { packagedIndex } from "../../../src/catalogue/index/index_data.ts";
import { readLive } from "../../../src/catalogue/reading/live.ts";
import { openSource } from "../../../src/catalogue/reading/source.ts";
import { indexText } from "./index_text.ts";

const FILE = new URL("../../../src/catalogue/index/index.json", import.meta.url);

const { folder, date, commit } = readArguments(Deno.args);
const source = openSource(folder ?? "github", {});
const { data, problems } = await readLive(source, {
  date: date ?? new Date().toISOString().slice(0, 10),
});
for (const { path, reason } of problems) console.warn(`${path}: ${reason}`);
const text = indexText({ ...data, source: "index", commit: commit ?? data.commit });
await Deno.writeTextFile(FILE, text);
const before = new Set(packagedIndex().services.map(({ id }) => id));
const added = data.services.filter(({ id }) => !before.has(id)).map(({ id }) => id);
console.log(
  `${data.services.length} services, ${text.length} bytes${
    added.length === 0 ? "" : `; new: ${added.join(", ")}`
  }`,
);

function readArguments(args: readonly string[]) {
  const rest = [...args];
  const option = (name: string) => {
    const at = rest.indexOf(name);
    return at === -1 ? undefined : rest.splice(at, 2)[1];
  };
  const date = option("--date"), commit = option("--commit");
  return { folder: rest[0], date, commit };
}
