import { assertEquals } from "@std/assert";
import { locate } from "../../../src/display/render/link.ts";
import { test } from "../../support/test.ts";

test("locate() links nothing but http and https", () => {
  for (
    const address of [
      "javascript:alert(1)",
      " java\nscript:alert(1)",
      "data:text/html,x",
      "vbscript:x",
      "file:///etc/passwd",
      "s3://bucket/key",
      "//evil.test/x",
      "/processes/ndvi",
      "ndvi@v2",
      "",
    ]
  ) {
    const { href, signed, secret } = locate(address);
    assertEquals(
      { href, signed, secret },
      { href: undefined, signed: false, secret: false },
      address,
    );
  }
  assertEquals(locate("HTTPS://Data.Example.test/a b").href, "https://data.example.test/a%20b");
  assertEquals(locate("s3://bucket/key").shown, "s3://bucket/key");
  assertEquals(locate("ndvi@v2").shown, "ndvi@v2");
});

test("locate() neither links nor shows a token or a password", () => {
  for (
    const address of [
      "https://data.example.test/a.tif?token=s3cret",
      "https://data.example.test/a.tif?X=1&Access_Token=s3cret",
      "https://data.example.test/a.tif#access_token=s3cret",
      "https://user:s3cret@data.example.test/a.tif",
      "https:user:s3cret@data.example.test/a.tif",
      "ht\ntps://s3cret@data.example.test/a.tif",
    ]
  ) {
    const { href, shown, secret } = locate(address);
    assertEquals(secret, true, address);
    assertEquals(href, undefined, address);
    assertEquals(shown, "https://data.example.test/a.tif", address);
  }
});

test("locate() knows a signature and when it expires", () => {
  const cases: [query: string, expires: string | undefined][] = [
    [
      "X-Amz-Date=20261123T150000Z&X-Amz-Expires=86400&X-Amz-Signature=ab",
      "2026-11-24T15:00:00.000Z",
    ],
    [
      "X-Goog-Date=20261123T150000Z&X-Goog-Expires=60&X-Goog-Signature=ab",
      "2026-11-23T15:01:00.000Z",
    ],
    ["sv=2024&se=2026-11-24T00:00:00Z&sig=ab", "2026-11-24T00:00:00.000Z"],
    ["Expires=1800000000&Signature=ab", "2027-01-15T08:00:00.000Z"],
    ["signed=1", undefined],
    ["X-Amz-Date=bad&X-Amz-Expires=1e99&X-Amz-Signature=ab", undefined],
    ["X-Amz-Date=20261123T150000Z&X-Amz-Expires=1e99&sig=ab", undefined],
  ];
  for (const [query, expires] of cases) {
    const found = locate(`https://data.example.test/a.tif?${query}`);
    assertEquals(found.signed, true, query);
    assertEquals(found.expires?.toISOString(), expires, query);
    assertEquals(found.shown, "https://data.example.test/a.tif");
    assertEquals(found.href, undefined);
    assertEquals(
      locate(`https://data.example.test/a.tif?${query}`, { links: true }).href,
      `https://data.example.test/a.tif?${query}`,
    );
  }
  assertEquals(locate("https://data.example.test/a.tif?v=2").signed, false);
});

test("locate() knows a signature in the path, and shows none of it", () => {
  const base = "https://openeo.test/openeo/1.2/jobs/j-1/results/assets";
  const address = `${base}/dXNlcg==/0123456789abcdef/openEO.tif?expires=1800000000`;
  const { href, shown, host, signed, secret, expires } = locate(address);
  assertEquals({ href, shown, host, signed, secret }, {
    href: undefined,
    shown: `${base}/(hidden)/(hidden)/openEO.tif`,
    host: "openeo.test",
    signed: true,
    secret: false,
  });
  assertEquals(expires?.toISOString(), "2027-01-15T08:00:00.000Z");
  assertEquals(locate(address, { links: true }).href, address);
  assertEquals(locate(`${base}/openEO.tif`).href, `${base}/openEO.tif`);
});

test("locate() links no address with a secret, whatever is asked for", () => {
  for (const query of ["token=s3cret", "token=s3cret&sig=ab", "code=s3cret"]) {
    const address = `https://data.example.test/a.tif?${query}`;
    assertEquals(locate(address, { links: true }).href, undefined, query);
  }
  assertEquals(locate("s3://me:s3cret@bucket/key").shown, "s3://bucket/key");
});
