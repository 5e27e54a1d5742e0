import { type Answer, jsonAnswer, rawAnswer } from "../server/answers.ts";
import type { Call, Route } from "../server/handler.ts";
import type { World } from "../service/world.ts";
import {
  fileOf,
  isGenuine,
  itemFileOf,
  ITEMS_PATH,
  type ResultFile,
  SIGNED_PATH,
} from "./results.ts";

/** The files that jobs made. */
export const fileRoutes: readonly Route[] = [
  { method: "GET", path: SIGNED_PATH, target: "assets", run: serveSigned },
  { method: "GET", path: `${ITEMS_PATH}/:path{.+}`, target: "assets", run: serveItem },
];

/** A file of a job's results. The signature in its link is all it takes, and holds for a time. */
async function serveSigned(
  { request, origin, params }: Call,
  world: World,
): Promise<Answer> {
  const { id = "", user = "", signature = "", name = "" } = params;
  const expires = Number(new URL(request.url).searchParams.get("expires") ?? NaN);
  if (!await isGenuine({ id, user, signature, name, expires })) {
    return openeoAnswer(403, "CredentialsInvalid", "The signature of the link is not valid.");
  }
  const now = world.clock.now();
  if (expires * 1000 <= now) {
    return openeoAnswer(
      410,
      "ResultLinkExpired",
      "The link to the batch job result has expired. Please request the results again.",
    );
  }
  const job = world.state.platformJobs.get(id);
  return ranged(request, job && await fileOf(job, name, { ...world, origin, now }));
}

/** A document or file of an item tree, which is open to all. */
async function serveItem(
  { request, origin, params: { id = "", path = "" } }: Call,
  world: World,
): Promise<Answer> {
  const job = world.state.platformJobs.get(id);
  const options = { ...world, origin, now: world.clock.now() };
  return ranged(request, job && await itemFileOf(job, path, options));
}

/**
 * A file, or the part of it that a `Range` names (RFC 9110, section 14). As with openEO there is no ETag and
 * no Last-Modified.
 */
function ranged(request: Request, file: ResultFile | undefined): Answer {
  if (file === undefined) return openeoAnswer(404, "NotFound", "There is no such file.");
  const { type, content } = file;
  const { length } = content;
  const headers = { "content-type": type, "accept-ranges": "bytes" };
  const [, first = "", last = ""] =
    /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") ?? "") ??
      [];
  if (first === "" && last === "") {
    return bare(rawAnswer(200, content, { ...headers, "content-length": String(length) }));
  }
  const begin = first === "" ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === "" || last === "" ? length - 1 : Math.min(Number(last), length - 1);
  if (begin > end) {
    return bare(rawAnswer(416, null, { ...headers, "content-range": `bytes */${length}` }));
  }
  return bare(rawAnswer(206, content.slice(begin, end + 1), {
    ...headers,
    "content-length": String(end - begin + 1),
    "content-range": `bytes ${begin}-${end}/${length}`,
  }));
}

/** A failure as openEO back-ends word it. */
function openeoAnswer(status: number, code: string, message: string): Answer {
  return bare(jsonAnswer(status, { id: "r-sandbox", code, message, links: [] }));
}

function bare(answer: Answer): Answer {
  return { ...answer, bare: true };
}
