import { ErrorResponse } from "../../models/error_response.ts";
import type { Answer } from "../server/answers.ts";

/** One thing that the service does on a stream. */
export type Step =
  | { readonly kind: "send"; readonly text: string }
  /** Pauses, by the sandbox's clock. */
  | { readonly kind: "pause"; readonly milliseconds: number }
  | { readonly kind: "close"; readonly code: number; readonly reason: string };

/** What a stream is about. */
export interface ConversationOptions {
  /** Asks for what the stream tells, as a call over HTTP does; the token is checked each time. */
  readonly ask: () => Promise<Answer>;
  /** The pause between two rounds, in seconds. */
  readonly interval: number;
  /** The task, where the stream is of one: every message names it. */
  readonly taskId: number | undefined;
}

/**
 * All that the service does on a stream once it is open. It goes on for ever, whether the work has
 * ended or not, save that a failure ends it: said in an `error` message, and once more by the close
 * reason.
 */
export async function* conversation(
  { ask, interval, taskId }: ConversationOptions,
): AsyncGenerator<Step> {
  const tail = taskId === undefined ? "" : `,"task_id":${taskId}`;
  const send = (type: string, { data = "null", message = "null" }): Step => ({
    kind: "send",
    text: `{"type":"${type}","data":${data},"message":${message}${tail}}`,
  });
  yield send("init", { message: '"Starting status stream"' });
  for (;;) {
    yield send("loading", { message: '"Starting retrieval of status"' });
    const { status, payload } = await ask();
    if (status !== 200) {
      const failure = ErrorResponse.parse(JSON.parse(String(payload)));
      yield send("error", { message: JSON.stringify(failure.message) });
      yield { kind: "close", code: 1011, reason: failure.error_code };
      return;
    }
    yield send("status", { data: String(payload) });
    yield { kind: "pause", milliseconds: interval * 1000 };
  }
}
