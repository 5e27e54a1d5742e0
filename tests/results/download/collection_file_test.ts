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
      addresses: [],
      name: "collection.json",
      folders: ["job-1"],
      files: new Map(),
    }, new Map());
    const text = await Deno.readTextFile(`${folder}/job-1/collection.json`);
    assertEquals(text.includes("s3cret"), false);
    assertEquals(JSON.parse(text).links, [{ rel: "about", href: "https://a.test/" }]);
  }));

test("writeDocument() leads to the items that lie beside it, and to no other", () =>
  inFolder(async (folder) => {
    const item = (id: string, ...addresses: string[]) => ({
      value: {},
      addresses,
      name: "item.json",
      folders: ["job-1", id],
      files: new Map(),
    });
    await writeDocument(
      folder,
      {
        value: {
          links: [
            { rel: "item", href: "./a.json", title: "A" },
            { rel: "item", href: "https://a.test/elsewhere.json" },
            { rel: "items", href: "https://a.test/items" },
          ],
        },
        addresses: ["https://a.test/results/collection.json"],
        name: "collection.json",
        folders: ["job-1"],
        files: new Map(),
      },
      new Map(),
      [
        item("a b", "https://b.test/own.json", "https://a.test/results/a.json"),
        item("c", "https://a.test/items"),
      ],
    );
    const { links } = JSON.parse(await Deno.readTextFile(`${folder}/job-1/collection.json`));
    assertEquals(links, [
      { rel: "item", href: "./a%20b/item.json", title: "A" },
      { rel: "item", href: "https://a.test/elsewhere.json" },
      { rel: "items", href: "https://a.test/items" },
      { rel: "item", href: "./c/item.json" },
    ]);
  }));
