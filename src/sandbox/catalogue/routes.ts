import { type Answer, jsonAnswer, rawAnswer } from "../server/answers.ts";
import type { Call, Route } from "../server/handler.ts";
import { allBenchmarks, benchmarksOf, catalogueFiles } from "./records.ts";

/** Where the catalogue lies. */
export const CATALOGUE_PATH = "/sandbox/catalogue/";

/** The commit that a catalogue is of: it holds its own address, so another sandbox has another. */
async function commitOf(base: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(base)))
    .toHex();
}

/**
 * The catalogue, in the shape of the real one: its tree as GitHub's API lists it, its files as they lie in
 * the repository, and what its website tells of benchmarks.
 */
export const catalogueRoutes: readonly Route[] = [
  route("tree.json", tree),
  route("repos/ESA-APEx/apex_algorithms/git/trees/main", tree),
  route("api/services/benchmarks.json", () => jsonAnswer(200, allBenchmarks())),
  route("api/services/:id/benchmarks.json", ({ params: { id = "" } }) => {
    const benchmarks = benchmarksOf(id);
    return benchmarks === undefined ? NOT_FOUND : jsonAnswer(200, benchmarks);
  }),
  route(":path{.+}", async (call) => {
    const commit = await commitOf(baseOf(call));
    const file = new Map(Object.entries(catalogueFiles(baseOf(call)))).get(call.params.path ?? "");
    // GitHub serves every raw file as text.
    return file === undefined ? NOT_FOUND : tagged(call, commit, {
      ...jsonAnswer(200, file),
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  }),
];

const NOT_FOUND: Answer = rawAnswer(404, "404: Not Found", { "content-type": "text/plain" });

function route(path: string, run: (call: Call) => Answer | Promise<Answer>): Route {
  return {
    method: "GET",
    path: CATALOGUE_PATH + path,
    target: "catalogue",
    run: async (call) => ({ ...await run(call), bare: true }),
  };
}

function baseOf({ origin }: Call): string {
  return origin + CATALOGUE_PATH;
}

async function tree(call: Call): Promise<Answer> {
  const commit = await commitOf(baseOf(call));
  const paths = Object.entries(catalogueFiles(baseOf(call)));
  return tagged(
    call,
    `tree-${commit}`,
    jsonAnswer(200, {
      sha: commit,
      url: call.request.url,
      tree: paths.map(([path, file]) => ({
        path,
        mode: "100644",
        type: "blob",
        sha: commit,
        size: new TextEncoder().encode(JSON.stringify(file)).length,
      })),
      truncated: false,
    }),
  );
}

/** An answer with an ETag: nothing but that where the client has it already. */
function tagged({ request }: Call, tag: string, answer: Answer): Answer {
  const etag = `"${tag}"`;
  const known = request.headers.get("if-none-match")?.split(",").map((one) =>
    one.trim().replace(/^W\//, "")
  );
  return known?.includes(etag)
    ? rawAnswer(304, null, { etag })
    : { ...answer, headers: { ...answer.headers, etag } };
}
