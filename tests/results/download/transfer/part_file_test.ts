import { assertEquals, assertRejects } from "@std/assert";
import { makeFolder, openPart } from "../../../../src/results/download/transfer/part_file.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { test } from "../../../support/test.ts";
import { inFolder, noise, sha256 } from "../../support/file_server.ts";

test("openPart() writes, remembers, digests, and gives the file its name at last", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.bin`, bytes = noise(2_000_000);
    await using part = await openPart(path, { resume: true });
    for (let at = 0; at < bytes.length; at += 300_000) {
      await part.append(bytes.subarray(at, at + 300_000));
    }
    await part.remember({ total: bytes.length, etag: '"x"' });
    assertEquals(part.size, bytes.length);
    assertEquals(await part.tail(10), bytes.subarray(-10));
    assertEquals(await part.digest("sha256"), await sha256(bytes));
    assertEquals(JSON.parse(await Deno.readTextFile(`${path}.part.json`)), {
      total: 2_000_000,
      etag: '"x"',
    });
    await part.finish();
    assertEquals(await Deno.readFile(path), bytes);
    assertEquals([...Deno.readDirSync(folder)].length, 1);
  }));

test("openPart() keeps what was appended when it is closed", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.bin`;
    {
      await using part = await openPart(path, { resume: true });
      await part.remember({});
      await part.append(new Uint8Array([1, 2, 3]));
    }
    await using part = await openPart(path, { resume: true });
    assertEquals([part.size, part.note], [3, {}]);
    await part.restart();
    assertEquals(part.size, 0);
  }));

test("openPart() goes on with no part whose note says nothing", () =>
  inFolder(async (folder) => {
    for (const note of ["", "{", "5", "null"]) {
      await Deno.writeTextFile(`${folder}/a.bin.part`, "xxx");
      await Deno.writeTextFile(`${folder}/a.bin.part.json`, note);
      await using part = await openPart(`${folder}/a.bin`, { resume: true });
      assertEquals(part.size, 0, note);
    }
  }));

test("makeFolder() makes folders, and none behind a link", () =>
  inFolder(async (folder) => {
    assertEquals(await makeFolder(folder, ["a", "b"]), `${folder}/a/b`);
    await Deno.symlink("/tmp", `${folder}/out`);
    await assertRejects(() => makeFolder(folder, ["out", "x"]), ResultsError, "symbolic link");
  }));
