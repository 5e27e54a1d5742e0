import { assert, assertEquals } from "@std/assert";
import { freeBytes, sizeProblem } from "../../../../src/results/download/transfer/room.ts";
import { test } from "../../../support/test.ts";

test("freeBytes() asks where it may, and asks nobody for leave", async () => {
  const { state } = await Deno.permissions.query({ name: "sys", kind: "statfs" });
  const free = await freeBytes(Deno.cwd());
  assertEquals(free !== undefined, state === "granted");
  assert(free === undefined || free > 0);
  assertEquals(await freeBytes("/no/such/folder"), undefined);
});

test("sizeProblem() is what the host says against what the results name, and what there is room for", () => {
  const file = { name: "a.tif", size: 10, checksum: undefined };
  const reasonOf = (...given: Parameters<typeof sizeProblem>) => sizeProblem(...given)?.reason;
  assertEquals(reasonOf(file, 10, 0, undefined), undefined);
  assertEquals(reasonOf(file, 11, 0, undefined), "size");
  assertEquals(reasonOf({ ...file, checksum: {} }, 11, 0, undefined), undefined);
  assertEquals(reasonOf({ ...file, size: undefined }, 100, 50, 50), undefined);
  assertEquals(reasonOf({ ...file, size: undefined }, 100, 50, 49), "disk");
});
