import { assertEquals } from "@std/assert";
import { loggedPath, logRequest, logStream } from "../../../src/sandbox/server/log.ts";
import { emptyState } from "../../../src/sandbox/service/state.ts";
import { test } from "../../support/test.ts";

const URL_WITH_TOKEN = "http://sandbox.test/ws/jobs_status?token=secret&interval=5";

test("loggedPath() leaves the token out, wherever it stands", () => {
  const paths = [
    [URL_WITH_TOKEN, "/ws/jobs_status?token=<token>&interval=5"],
    ["http://sandbox.test/x?a=1&token=s%20t&token=u", "/x?a=1&token=<token>&token=<token>"],
    ["http://sandbox.test/x?mytoken=1", "/x?mytoken=1"],
    ["http://sandbox.test/", "/"],
  ];
  for (const [url = "", path] of paths) assertEquals(loggedPath({ url }), path);
});

test("logRequest() notes the status when there is one", () => {
  const state = emptyState();
  const request = new Request(URL_WITH_TOKEN, { method: "POST" });
  const done = logRequest(state, { request, requestId: "c-1", operation: "health" });
  const entry = {
    method: "POST",
    path: "/ws/jobs_status?token=<token>&interval=5",
    operation: "health",
    correlationId: "c-1",
  };
  assertEquals(state.requests, [{ ...entry, status: undefined }]);
  done(404);
  assertEquals(state.requests, [{ ...entry, status: 404 }]);
});

test("logStream() counts messages and tells of the end", async () => {
  const state = emptyState();
  const entry = logStream(state, { target: "ws/jobs_status", path: "/ws/jobs_status" });
  entry.sent();
  entry.sent();
  entry.received();
  const [stream] = state.streams;
  assertEquals([stream?.sent, stream?.received, stream?.end], [2, 1, undefined]);
  const end = { by: "client", code: 1000, reason: "" } as const;
  entry.end(end);
  assertEquals([stream?.end, await stream?.ended], [end, end]);
});

test("logStream() remembers the latest thousand", () => {
  const state = emptyState();
  for (let count = 0; count < 1002; count++) {
    logStream(state, { target: "ws/jobs_status", path: `/${count}` });
  }
  assertEquals([state.streams.length, state.streams[0]?.path], [1000, "/2"]);
});
