import { type Answer, rawAnswer } from "../server/answer.ts";
import type { Call, Route } from "../server/handler.ts";
import type { World } from "../service/world.ts";
import { fileOf, isSigned } from "./results.ts";

/** The files that jobs made. */
export const fileRoutes: readonly Route[] = [
  { method: "GET", path: "/sandbox/assets/:id/:name", target: "assets", run: serveFile },
];

/** A file of a job's results. The signature in its link is all it takes, and holds for an hour. */
async function serveFile(
  { request, origin, params: { id = "", name = "" } }: Call,
  world: World,
): Promise<Answer> {
  const now = world.clock.now();
  const query = new URL(request.url).searchParams;
  const job = world.state.platformJobs.get(id);
  if (!await isSigned(query, { id, name, now })) {
    return storeError(403, "AccessDenied", "Request has expired or its signature does not match");
  }
  const file = job && await fileOf(job, name, { origin, now });
  return file === undefined
    ? storeError(404, "NoSuchKey", "The specified key does not exist.")
    : { ...rawAnswer(200, file.content, { "content-type": file.type }), bare: true };
}

/** A failure as object stores word it. */
function storeError(status: number, code: string, message: string): Answer {
  const xml =
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { ...rawAnswer(status, xml, { "content-type": "application/xml" }), bare: true };
}
