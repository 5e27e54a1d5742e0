import { assertEquals } from "@std/assert";
import { writeDocument } from "../../../src/results/download/collection_file.ts";
import { test } from "../../support/test.ts";
import { inFolder } from "../support/file_server.ts";

test("writeDocument() keeps no secret of an address that was not fetched", () =>
  inFolder(async (folder) => {
    await writeDocument(folder, {
      value: {
        assets: {
          a: { href: "https://a.test/a.tif?X-Amz-Signature=s3cret&v=1", title: "A" },
          odd: 5,
        },
        links: [{ rel: "self", href: "https://a.test/?token=s3cret" }, {
          rel: "about",
          href: "https://a.test/",
        }, null],
      },
      name: "collection.json",
      folders: ["job-1"],
      files: new Map(),
    }, new Map());
    const text = await Deno.readTextFile(`${folder}/job-1/collection.json`);
    assertEquals(text.includes("s3cret"), false);
    assertEquals(JSON.parse(text).links, [{ rel: "about", href: "https://a.test/" }]);
  }));
