// The house: which room may know which. src/README.md draws the same.
import type { Import } from "./modules.ts";

const BELOW_API = ["live", "display", "map", "geo", "http", "models", "core"];
const BESIDE_API = ["runtime", "http", "display", "map", "geo", "models", "core"];

/**
 * The rooms of `src`, each with those that it may know. `live` and `display` do not know each other,
 * `display` and `map` know no network, `core` knows nobody.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  runtime: [],
  core: [],
  models: ["core"],
  geo: ["models", "core"],
  http: ["models", "core"],
  map: ["geo", "models", "core"],
  display: ["map", "geo", "models", "core"],
  live: ["http", "models", "core"],
  api: BELOW_API,
  upscale: ["api", ...BELOW_API],
  client: ["upscale", "api", ...BELOW_API],
  results: BESIDE_API,
  catalogue: BESIDE_API,
  auth: BESIDE_API,
  ledger: ["runtime", "results", "client", "upscale", "api", ...BELOW_API],
  // The contract is the sandbox's too; how the client calls is not its business.
  sandbox: ["api/operations.ts", "geo", "models", "core"],
  mod: ["runtime", "client", "upscale", "api", ...BELOW_API],
};

/** The room of a file: the folder in `src`, or the name of a file that stands alone. */
export function roomOf(file: string): string {
  return /^(?:src\/)?([^/]+?)(?:\.ts)?(?:\/|$)/.exec(file)?.[1] ?? file;
}

/** The imports that go up, or to where there is no arrow, each as a line. */
export function wrongArrows(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to, line }) => {
    if (/^(?:npm|node|data):/.test(to)) return [];
    if (/^[a-z]+:/.test(to)) return [`${from}:${line} takes ${to}, which not everyone can reach`];
    const here = roomOf(from), there = roomOf(to);
    const known = ROOMS[here];
    if (known === undefined) return [`${from}:${line} is in a room that the house does not know`];
    const allowed = here === there || known.includes(there) ||
      known.some((file) => to === `src/${file}`);
    return allowed ? [] : [`${from}:${line} knows ${to}: ${here} may not know ${there}`];
  });
}

/** Files that lead back to themselves, each circle once and in order, types counted. */
export function circles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...next.get(from) ?? [], to]);
  const found: string[] = [];
  const done = new Set<string>(), path: string[] = [];
  const walk = (file: string): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(" → "));
    if (start >= 0 || done.has(file)) return;
    path.push(file);
    for (const to of next.get(file) ?? []) walk(to);
    path.pop();
    done.add(file);
  };
  for (const file of next.keys()) walk(file);
  return found;
}
