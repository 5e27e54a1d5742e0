import type { Issue } from "../models/issue.ts";
import { formatIssues } from "../models/issue.ts";
import { ResponseInvalidError } from "./errors.ts";
import { redact } from "./redact.ts";
import type { Call, Exchange } from "./send.ts";
import { oneLine, wordMessage } from "./wording.ts";

/** The longest excerpt of an answer that an error carries, in characters. */
const EXCERPT = 400;

/**
 * The error of an answer that says success and is not what the contract says.
 *
 * @param issues where it breaks the contract; empty if it is no JSON at all.
 */
export function invalidResponse(
  call: Call,
  { answer, requestId, secrets }: Exchange,
  issues: readonly Issue[],
): ResponseInvalidError {
  const { status, content } = answer;
  const mediaType = answer.headers.get("Content-Type");
  const start = new TextDecoder().decode(content.subarray(0, 16 * EXCERPT));
  const excerpt = redact(start, secrets).slice(0, EXCERPT);
  const what = content.length === 0
    ? "an empty body"
    : issues.length === 0
    ? `${mediaType ?? "a body without a media type"} that is no JSON (${content.length} bytes)`
    : "a body that breaks the contract";
  const problems = issues.length === 0 ? "" : `:\n  ${redact(formatIssues(issues), secrets)}`;
  const creates = call.effect === "create";
  const hint = creates
    ? `the job very likely exists: ${call.lookFirst ?? "look"} before you try again`
    : mediaType?.includes("html")
    ? "a proxy or a sign-in page answered instead of the service: check the base URL"
    : "the service may be newer than this package: update it, or report this with the request id";
  const message = wordMessage(
    `${call.headline}: the service answered ${status} with ${what}${problems}`,
    {
      reason: issues.length === 0 ? oneLine(excerpt, 200) : undefined,
      hint,
      requestId,
    },
  );
  return new ResponseInvalidError(message, {
    status,
    mediaType,
    excerpt,
    issues,
    content,
    hint,
    requestId,
    outcome: creates ? "unknown" : undefined,
  });
}
