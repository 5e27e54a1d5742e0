import { assertEquals } from "@std/assert";
import { taskStatus } from "../../../src/sandbox/service/tasks.ts";
import { test } from "../../support/test.ts";

test("taskStatus() follows the service's rule", () => {
  assertEquals(taskStatus([]), "created");
  assertEquals(taskStatus(["created"]), "created");
  assertEquals(taskStatus(["queued", "finished"]), "created");
  assertEquals(taskStatus(["failed", "running", "queued"]), "running");
  assertEquals(taskStatus(["failed", "failed"]), "failed");
  assertEquals(taskStatus(["canceled", "canceled"]), "canceled");
  assertEquals(taskStatus(["finished", "finished"]), "finished");
  assertEquals(taskStatus(["finished", "failed"]), "finished");
  assertEquals(taskStatus(["finished", "canceled"]), "created");
  assertEquals(taskStatus(["failed", "canceled"]), "created");
  assertEquals(taskStatus(["finished", "unknown"]), "created");
});
