import { assertEquals } from "@std/assert";
import type { Block } from "../../../src/display/render/document.ts";
import { createPainter } from "../../../src/display/render/picture.ts";
import { test } from "../../support/test.ts";
import { job, task } from "../views.ts";

const altOf = (block: Block | undefined) => block?.kind === "picture" ? block.alt : undefined;

test("createPainter() draws what has a place, each time anew", async () => {
  const paint = createPainter();
  for (const status of ["running", "finished"]) {
    assertEquals(
      altOf(await paint(task(status, status, status))),
      `2 tiles: 2 ${status}; 12°E to 13°E, 41°N to 42°N`,
    );
  }
});

test("createPainter() takes the dimension that says where", async () => {
  const paint = createPainter();
  const parameters = { bbox: [12, 41, 13, 42], where: [2, 50, 3, 51] };
  const block = await paint([job({ parameters })], "where");
  assertEquals(
    altOf(block),
    "1 job: 1 created; 2°E to 3°E, 50°N to 51°N",
  );
});

test("createPainter() draws nothing of what has no place", async () => {
  const paint = createPainter();
  assertEquals(await paint(job({ parameters: {} })), undefined);
  assertEquals(await paint([]), undefined);
});

test("createPainter() draws nothing of what cannot be read", async () => {
  const { proxy, revoke } = Proxy.revocable(job(), {});
  revoke();
  assertEquals(await createPainter()(proxy), undefined);
});
