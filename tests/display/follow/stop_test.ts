import { assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { playScene } from "./run_child.ts";

test("onStop() calls back on each interrupt, and leaves nothing that listens", async () => {
  const { lines, signal } = await playScene("listener");
  assertEquals(lines, ["calls 3"]);
  assertEquals(signal, "SIGINT");
});

test("follow() of work that ended leaves nothing that listens", async () => {
  const { lines, signal } = await playScene("released");
  assertEquals(lines, ["job 42: created AGE ago"]);
  assertEquals(signal, "SIGINT");
});

test("follow() ends on an interrupt, tells how to go on, and can be called again", async () => {
  const { lines, errors, code } = await playScene("job");
  assertEquals(errors, "");
  assertEquals(code, 0);
  assertEquals(lines, [
    "job 42: running · created AGE ago",
    "job 42: running · created AGE ago · stopped watching: job 42 is still running",
    "Take it up again with await follow(client.unitJobs.watch(42))",
    "last running 0",
    "job 42: finished · took 1 min 41 s",
    "again finished",
  ]);
});

test("follow() ends on an interrupt before anything is known", async () => {
  const { lines, errors, code } = await playScene("nothing");
  assertEquals([errors, code], ["", 0]);
  assertEquals(lines, [
    "job 42: nothing learned yet · 0 s · stopped watching: job 42 goes on",
    "Take it up again with await follow(client.unitJobs.watch(42))",
    "last undefined",
  ]);
});

test("follow() ends wherever it is called, on one interrupt", async () => {
  const { lines, errors, code } = await playScene("two");
  assertEquals([errors, code], ["", 0]);
  assertEquals(lines.filter((line) => /stopped watching|Take it up/.test(line)), [
    "job 42: queued · created AGE ago · stopped watching: job 42 is still queued",
    "Take it up again with await follow(client.unitJobs.watch(42))",
    "task 7: 1 of 12 jobs finished · 1 running · 10 not made yet · AGE · stopped watching: task 7 is still running",
    "Take it up again with await follow(client.upscaleTasks.watch(7, { expectedJobs: 12 }))",
  ]);
  assertEquals(lines.at(-1), "last 2");
});

test("follow() writes nothing to the console of a kernel", async () => {
  const { lines, errors } = await playScene("kernel");
  assertEquals(errors, "");
  assertEquals(lines, ["display_data update_display_data"]);
});
