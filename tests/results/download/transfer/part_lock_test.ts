import { assert, assertEquals, assertRejects } from "@std/assert";
import { lockPart, takePart } from "../../../../src/results/download/transfer/part_lock.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { test } from "../../../support/test.ts";
import { inFolder } from "../../support/file_server.ts";

test("lockPart() keeps a part for one, and knows when it has got its name", () =>
  inFolder(async (folder) => {
    const part = `${folder}/a.part`;
    await Deno.writeTextFile(part, "x");
    const lock = await lockPart(part);
    assertEquals(await lockPart(part), undefined);
    assertEquals(await lock?.isAt(part), true);
    await Deno.rename(part, `${folder}/a`);
    assertEquals(await lock?.isAt(part), false);
    await Deno.writeTextFile(part, "y");
    assertEquals(await lock?.isAt(part), false);
    lock?.release();
    (await lockPart(`${folder}/a`))?.release();
  }));

test("takePart() goes on with what is there, or has it anew, and writes over nothing else", () =>
  inFolder(async (folder) => {
    const part = `${folder}/a.part`, own = `${folder}/own`;
    await Deno.writeTextFile(own, "mine");
    // What somebody else's file is as well is not emptied: a new one takes its place.
    await Deno.link(own, part);
    const fresh = await takePart(part, false);
    assertEquals(fresh.goesOn, false);
    await fresh.handle.writeFile("abc");
    await assertRejects(() => takePart(part, true), ResultsError, "another download is writing it");
    await fresh.handle.close();
    fresh.lock.release();
    const again = await takePart(part, true);
    assert(again.goesOn);
    assertEquals((await again.handle.stat()).size, 3);
    await again.handle.close();
    again.lock.release();
    assertEquals(await Deno.readTextFile(own), "mine");
  }));
