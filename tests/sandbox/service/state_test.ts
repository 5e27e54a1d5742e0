import { assertEquals, assertNotStrictEquals } from "@std/assert";
import { emptyState } from "../../../src/sandbox/service/state.ts";
import { test } from "../../support/test.ts";

test("emptyState() knows nothing, allows everything, and is nobody else's", () => {
  const state = emptyState();
  assertEquals([state.lastJob, state.lastTask, state.life, state.jobLimit], [0, 0, 0, Infinity]);
  assertEquals(
    [state.jobs, state.tasks, state.platformJobs, state.statistics].map(({ size }) => size),
    [
      0,
      0,
      0,
      0,
    ],
  );
  const other = emptyState();
  state.unlinked.add("ada");
  state.requests.push({
    method: "GET",
    path: "/",
    operation: undefined,
    correlationId: "",
    status: undefined,
  });
  assertEquals([other.unlinked.size, other.requests.length], [0, 0]);
  assertNotStrictEquals(state.jobs, other.jobs);
});
