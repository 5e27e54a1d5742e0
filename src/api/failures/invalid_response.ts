import type { Issue } from "../../models/schema/issue.ts";
import { formatIssues } from "../../models/schema/issue.ts";
import { ResponseInvalidError } from "../../http/errors.ts";
import { redact } from "../../core/redact.ts";
import type { Exchange, WireCall } from "../../http/wire.ts";
import { phrase } from "../../core/text.ts";
import { lookFirst, wordMessage } from "../../http/wording.ts";

/** The longest excerpt of an answer that an error carries, in characters. */
const EXCERPT = 400;

/** How much of an answer an error keeps, in bytes: 1 MiB, because all of it is searched for secrets. */
const LONGEST_CONTENT = 1024 ** 2;

/**
 * The error of an answer that says success and is not what the contract says.
 *
 * @param issues where it breaks the contract; empty if it is no JSON at all.
 */
export function invalidResponse(
  call: WireCall,
  { answer, requestId, secrets }: Exchange,
  issues: readonly Issue[],
): ResponseInvalidError {
  const { status } = answer;
  const type = answer.headers.get("Content-Type");
  const mediaType = type === null ? null : phrase(redact(type, secrets), 100);
  const kept = answer.content.slice(0, LONGEST_CONTENT);
  const raw = new TextDecoder().decode(kept);
  const text = redact(raw, secrets);
  const content = text === raw ? kept : new TextEncoder().encode(text);
  const excerpt = text.slice(0, EXCERPT).toWellFormed();
  const clean = issues.map(({ path, message }) => ({
    path: phrase(redact(path, secrets), 120),
    message: phrase(redact(message, secrets), 300),
  }));
  const isPage = mediaType?.includes("html") === true;
  const what = answer.cut
    ? `a body that is longer than ${isPage ? "any page" : "may be read"} (${
      mediaType ?? "no media type"
    })`
    : kept.length === 0
    ? "an empty body"
    : issues.length === 0
    ? `a body that cannot be read as JSON (${
      mediaType ?? "no media type"
    }, ${answer.content.length} bytes)`
    : "a body that breaks the contract";
  const problems = issues.length > 0
    ? `:\n  ${formatIssues(clean)}`
    : excerpt === ""
    ? ""
    : `\n  It begins: ${phrase(excerpt, 200)}`;
  const creates = call.effect === "create";
  const cause = isPage
    ? "a proxy or a sign-in page answered instead of the service: check the base URL"
    : answer.cut
    ? "allow more (option maxBody of the client, in bytes)" +
      (call.wantsStream === undefined ? "" : ", or take it as it arrives (option stream)")
    : kept.length === 0
    ? "the answer was lost on its way: report this with the request id if it goes on"
    : issues.length === 0
    ? "the answer was cut short or changed on its way: report this with the request id if it goes on"
    : "the service may be newer than this package: update it, or report this with the request id";
  const hint = creates ? `${cause}; ${lookFirst(call.creation, "very likely exists")}` : cause;
  const message = wordMessage(
    `${call.headline()}: the service answered ${status} with ${what}${problems}`,
    { hint, requestId },
  );
  return new ResponseInvalidError(message, {
    status,
    mediaType,
    excerpt,
    issues: clean,
    content,
    hint,
    requestId,
    outcome: creates ? "unknown" : undefined,
  });
}

/** The error of an answer that tells of another job or task than was asked about. */
export function aboutOtherWork(
  call: WireCall,
  { answer: { status, headers, content }, requestId }: Exchange,
  { asked, told }: { readonly asked: number; readonly told: number },
): ResponseInvalidError {
  const issue = { path: "id", message: `expected ${asked}, got ${told}` };
  const hint = "ask its team with the request id; a cache before it may mix answers up";
  const headline = `${call.headline()}: the service answered about another`;
  return new ResponseInvalidError(
    wordMessage(`${headline}:\n  ${formatIssues([issue])}`, { hint, requestId }),
    {
      status,
      mediaType: headers.get("Content-Type"),
      excerpt: "",
      issues: [issue],
      content: content.slice(0, LONGEST_CONTENT),
      hint,
      requestId,
    },
  );
}
