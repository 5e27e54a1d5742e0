import { assertEquals, assertRejects } from "@std/assert";
import { planFiles, type PlanOptions } from "../../../../src/results/download/plan/plan.ts";
import { ResultsError } from "../../../../src/results/results_error.ts";
import { test } from "../../../support/test.ts";
import { collectionOf } from "../../support/collections.ts";

const options: PlanOptions = {
  only: undefined,
  folders: [],
  resolve: undefined,
  readDocument: () => Promise.reject(new Error("none")),
};

test("planFiles() names the files of a Collection, with what they are to be checked by", async () => {
  const { documents, skipped } = await planFiles(
    collectionOf({
      "openEO.tif": {
        href: "https://data.example.test/results/assets/u/s/openEO.tif?expires=1",
        type: "image/tiff",
        "file:size": 10,
        "file:checksum": `d50110${"0".repeat(32)}`,
      },
      "../x": { href: "https://data.example.test/openEO.tif" },
      "collection.json": { href: "https://data.example.test/own.json", "file:size": -1 },
      lost: { href: "s3://bucket/key" },
      relative: { href: "a.tif" },
    }),
    options,
  );
  const files = [...documents[0]?.files.values() ?? []];
  assertEquals(files.map(({ name, size, checksum }) => [name, size, checksum?.name]), [
    ["openEO.tif", 10, "md5"],
    ["openEO-2.tif", undefined, undefined],
    ["collection-2.json", undefined, undefined],
  ]);
  assertEquals(skipped, [
    {
      key: "lost",
      why:
        "its address begins with s3:, which wants a client of its own: { resolve } can turn it into one that is https",
    },
    { key: "relative", why: "its address is relative, and nothing says to what" },
  ]);
});

test("planFiles() takes what is wanted, by name or key, and what can be resolved", async () => {
  const collection = collectionOf({
    "a.tif": { href: "https://a.test/1" },
    "b.nc": { href: "s3://bucket/b.nc" },
    ndvi: { href: "https://a.test/x.tif" },
  });
  const resolve = (address: string) =>
    address.startsWith("s3:") ? new URL("https://bucket.example.test/b.nc") : undefined;
  const namesOf = async (only: readonly string[] | undefined) => {
    const { documents } = await planFiles(collection, { ...options, only, resolve });
    return documents.flatMap(({ files }) => [...files.values()].map(({ name }) => name));
  };
  assertEquals(await namesOf(undefined), ["a.tif", "b.nc", "ndvi.tif"]);
  assertEquals(await namesOf(["*.tif"]), ["a.tif", "ndvi.tif"]);
  assertEquals(await namesOf(["ndvi"]), ["ndvi.tif"]);
});

test("planFiles() follows items, relative ones against the Collection, their files against themselves", async () => {
  const asked: string[] = [];
  const documents: Readonly<Record<string, unknown>> = {
    "https://ogc.example.test/stac/items/one.json": {
      id: "one",
      assets: { data: { href: "../files/one.tif" } },
      links: [{ rel: "self", href: "https://ogc.example.test/stac/items/one.json" }],
    },
    "https://ogc.example.test/stac/items?page=1": {
      type: "FeatureCollection",
      features: [{ id: "two/..", assets: { data: { href: "https://f.test/two.tif" } } }],
      links: [{ rel: "next", href: "https://ogc.example.test/stac/items?page=2" }],
    },
    "https://ogc.example.test/stac/items?page=2": {
      features: [{ id: "three", assets: {} }],
      links: [],
    },
  };
  const { documents: planned } = await planFiles(
    collectionOf(null, [
      { rel: "self", href: "https://ogc.example.test/stac/collection.json" },
      { rel: "item", href: "items/one.json" },
      { rel: "item", href: "./items/one.json" },
      { rel: "items", href: "items?page=1" },
      { rel: "item", href: "s3://bucket/item.json" },
    ]),
    {
      ...options,
      folders: ["job-1"],
      readDocument(address) {
        asked.push(address);
        return Promise.resolve(documents[address]);
      },
    },
  );
  assertEquals(asked.length, 3);
  assertEquals(
    planned.flatMap(({ name, folders, files }) => [
      [...folders, name].join("/"),
      ...[...files.values()].map(({ address }) => address),
    ]),
    [
      "job-1/one/item.json",
      "https://ogc.example.test/stac/files/one.tif",
      "job-1/two_/item.json",
      "https://f.test/two.tif",
      "job-1/three/item.json",
      "job-1/collection.json",
    ],
  );
});

test("planFiles() refuses items that are none, and those without end", async () => {
  const link = { rel: "items", href: "https://a.test/1" };
  const endless = {
    ...options,
    readDocument: (address: string) =>
      Promise.resolve({ features: [{ id: "x" }], links: [{ rel: "next", href: `${address}1` }] }),
  };
  const error = await assertRejects(
    () => planFiles(collectionOf(null, [link]), endless),
    ResultsError,
  );
  assertEquals(error.reason, "too-large");
  const odd = { ...options, readDocument: () => Promise.resolve([1]) };
  await assertRejects(
    () => planFiles(collectionOf(null, [link]), odd),
    ResultsError,
    "no document",
  );
});

test("planFiles() gives no item the folder that a file of the Collection is", async () => {
  const item = { type: "Feature", id: "a.tif", assets: { "b.tif": { href: "./b.tif" } } };
  const { documents: [first] } = await planFiles(
    collectionOf(
      { "a.tif": { href: "https://a.test/a.tif" } },
      [{ rel: "item", href: "https://a.test/items/1.json" }],
    ),
    { ...options, readDocument: () => Promise.resolve(item) },
  );
  assertEquals(first?.folders, ["a-2.tif"]);
  assertEquals(first?.addresses, ["https://a.test/items/1.json", "https://a.test/items/1.json"]);
  assertEquals(first?.files.get("b.tif")?.address, "https://a.test/items/b.tif");
});
