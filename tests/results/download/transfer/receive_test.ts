import { assertEquals, assertRejects } from "@std/assert";
import { openPart } from "../../../../src/results/download/transfer/part_file.ts";
import { receive, throwUnfit } from "../../../../src/results/download/transfer/receive.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { instantClock } from "../../../support/clock.ts";
import { test } from "../../../support/test.ts";
import { inFolder } from "../../support/file_server.ts";

const options = {
  fetch,
  clock: instantClock(),
  resume: true,
  signal: undefined,
  address: () => Promise.resolve(""),
  onBytes() {},
  onResume() {},
};
const answer = (total?: number) => ({
  kind: "bytes" as const,
  from: 0,
  total,
  encoded: false,
  etag: undefined,
  modified: undefined,
});

test("receive() says what of an answer came: all of it, too little, or more than there is", () =>
  inFolder(async (folder) => {
    const file = { name: "a", path: `${folder}/a`, size: undefined, checksum: undefined };
    await using part = await openPart(file.path, { resume: true });
    const receiveOf = (total?: number) =>
      receive(new Response("abcdef"), answer(total), part, file, options);
    assertEquals(await receiveOf(6), { kind: "whole", total: 6 });
    assertEquals(await receiveOf(), { kind: "whole", total: undefined });
    assertEquals((await receiveOf(9)).kind, "cut");
    assertEquals((await receiveOf(3)).kind, "anew");
  }));

test("throwUnfit() lets a file pass, and no page in its place", () =>
  inFolder(async (folder) => {
    const file = { name: "a.tif", path: `${folder}/a.tif`, size: undefined, checksum: undefined };
    await using part = await openPart(file.path, { resume: true });
    const fits = (type: string, name = "a.tif") =>
      throwUnfit(
        answer(1),
        new Response("x", { headers: { "content-type": type } }),
        part,
        { ...file, name },
        options,
      );
    await fits("image/tiff");
    await fits("text/plain");
    await fits("text/html", "report.html");
    await assertRejects(() => fits("text/html"), ResultsError, "a web page in its place");
    await assertRejects(() => fits("TEXT/HTML; charset=x"), ResultsError);
  }));
