import { assertEquals } from "@std/assert";
import { test } from "../../support/test.ts";
import { at, listAt, OPENEO, send, type Stage, stage, TUTORIAL } from "../support.ts";

async function resultsOf(on: Stage, json: object): Promise<unknown> {
  const created = await send(on.sandbox, "POST /unit_jobs", { json });
  on.clock.advance(60_000);
  return (await send(on.sandbox, `GET /unit_jobs/${at(created.body, "id")}/results`)).body;
}

async function linkOf(on: Stage): Promise<string> {
  return String(at(await resultsOf(on, OPENEO), "assets", "vegetation_index.tif", "href"));
}

test("files are handed out in parts, without an ETag", async () => {
  await using on = stage();
  const href = await linkOf(on);
  const whole = await (await fetch(href)).bytes();
  const size = whole.length;
  const parts = [
    ["bytes=0-9", 206, whole.slice(0, 10), `bytes 0-9/${size}`],
    ["bytes=10-", 206, whole.slice(10), `bytes 10-${size - 1}/${size}`],
    ["bytes=-5", 206, whole.slice(-5), `bytes ${size - 5}-${size - 1}/${size}`],
    [`bytes=0-${size + 9}`, 206, whole, `bytes 0-${size - 1}/${size}`],
    [`bytes=${size}-`, 416, new Uint8Array(), `bytes */${size}`],
    ["lines=1-2", 200, whole, null],
  ] as const;
  for (const [range, status, bytes, contentRange] of parts) {
    const response = await fetch(href, { headers: { range } });
    assertEquals([response.status, response.headers.get("content-range")], [status, contentRange]);
    assertEquals(await response.bytes(), bytes, range);
  }
  const head = await fetch(href, { method: "HEAD" });
  assertEquals([head.headers.get("accept-ranges"), head.headers.get("content-length")], [
    "bytes",
    String(size),
  ]);
  assertEquals([head.headers.get("etag"), head.headers.get("last-modified")], [null, null]);
});

test("links to files hold for a week and only as they are; the next ones hold again", async () => {
  await using on = stage();
  const href = await linkOf(on);
  const statusOf = async (url: string) => {
    const response = await fetch(url);
    return [response.status, at(JSON.parse(await response.text()), "code")];
  };
  assertEquals(await statusOf(href.replace(/expires=\d/, "expires=9")), [
    403,
    "CredentialsInvalid",
  ]);
  assertEquals(await statusOf(href.replace(/\?.*/, "")), [403, "CredentialsInvalid"]);
  on.clock.advance(7 * 24 * 3_600_000);
  assertEquals(await statusOf(href), [410, "ResultLinkExpired"]);
  const again = await send(on.sandbox, "GET /unit_jobs/1/results");
  const response = await fetch(String(at(again.body, "assets", "vegetation_index.tif", "href")));
  await response.body?.cancel();
  assertEquals(response.status, 200);
});

test("linkLife says how long links hold", async () => {
  await using on = stage({ linkLife: 5000 });
  const href = await linkOf(on);
  on.clock.advance(5000);
  const response = await fetch(href);
  await response.body?.cancel();
  assertEquals(response.status, 410);
});

test("items are linked by relative addresses, and their assets too", async () => {
  await using on = stage();
  const service = { ...TUTORIAL.service, application: "water-mask" };
  const results = await resultsOf(on, { ...TUTORIAL, service });
  assertEquals(at(results, "assets"), null);
  const links = listAt(results, "links");
  const self = String(at(links.find((link) => at(link, "rel") === "self"), "href"));
  assertEquals(at(await (await fetch(self)).json(), "id"), at(results, "id"));
  const items = links.filter((link) => at(link, "rel") === "item");
  assertEquals(items.map((link) => at(link, "href")), [
    "./items/item-1.json",
    "./items/item-2.json",
  ]);
  for (const link of items) {
    const address = new URL(String(at(link, "href")), self);
    const item = await (await fetch(address)).json();
    assertEquals(at(item, "type"), "Feature");
    const file = await fetch(new URL(String(at(item, "assets", "water_mask", "href")), address));
    assertEquals([file.status, (await file.bytes()).length > 1000], [200, true]);
  }
  for (const path of ["items/item-3.json", "items/absent.json", "../secret"]) {
    const response = await fetch(new URL(path, self));
    await response.body?.cancel();
    assertEquals(response.status, 404, path);
  }
});
