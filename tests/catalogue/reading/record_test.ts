import { assert, assertEquals } from "@std/assert";
import { readRecord, withoutSlashes } from "../../../src/catalogue/reading/record.ts";
import { test } from "../../support/test.ts";
import { ogcRecord, openeoRecord } from "../support/made_up.ts";

const PATH = "algorithm_catalog/alpha/composite/records/composite.json";

test("readRecord() maps an openEO record: no slash at the endpoint's end, the definition, no namespace", () => {
  const reading = readRecord(openeoRecord("composite"), PATH);
  if (!reading.ok) throw new Error(reading.reason);
  assertEquals(reading.record.facts, {
    id: "composite",
    title: "The composite",
    provider: "alpha",
    platform: "cloud",
    label: "openeo",
    endpoint: "https://openeo.dataspace.copernicus.eu",
    application: "https://definitions.example.test/composite.json",
    formats: ["GeoTIFF", "netCDF", "PNG"],
    keywords: ["Vegetation"],
    price: { amount: 0.1, unit: "platform credits per km²" },
  });
});

test("readRecord() takes an OGC API service apart into endpoint, namespace and process", () => {
  for (
    const [href, endpoint, namespace, application] of [
      ["https://a.test/gep/wps3/processes/one", "https://a.test", "gep/wps3", "one"],
      ["https://a.test:8443/x/processes/two-1_0/", "https://a.test:8443", "x", "two-1_0"],
      ["http://a.test/process/processes/207", "http://a.test", "process", "207"],
    ]
  ) {
    const reading = readRecord(ogcRecord("water", `${href}`), PATH);
    if (!reading.ok) throw new Error(reading.reason);
    const { facts } = reading.record;
    assertEquals(
      [facts.label, facts.endpoint, facts.namespace, facts.application],
      ["ogc_api_process", endpoint, namespace, application],
    );
  }
});

test("readRecord() says why a record is none", () => {
  const reasonOf = (value: unknown) => {
    const reading = readRecord(value, PATH);
    return reading.ok ? undefined : reading.reason;
  };
  assertEquals(
    reasonOf(ogcRecord("water", "https://a.test/water")),
    "its service link is not {endpoint}/{namespace}/processes/{process}: https://a.test/water",
  );
  assertEquals(
    reasonOf({ ...openeoRecord("a"), links: [] }),
    "it has no service link that leads anywhere",
  );
  assertEquals(
    reasonOf({ ...openeoRecord("a"), conformsTo: [] }),
    "it says neither that it is an openEO process nor an OGC API process",
  );
  assertEquals(
    reasonOf({ ...openeoRecord("a"), links: [{ rel: "service", href: "https://a.test" }] }),
    "it has no application link that leads to a process definition",
  );
  assertEquals(reasonOf(openeoRecord("../a")), "its id is no name");
  assertEquals(reasonOf([]), "expected an object, got an empty array");
  assertEquals(
    reasonOf({ ...openeoRecord("a"), links: 5 }),
    "links: expected an array, got the number 5",
  );
});

test("readRecord() keeps no link that leads nowhere on the web, and no text without end", () => {
  const reading = readRecord(
    openeoRecord("a", {
      properties: {
        title: "x".repeat(10_000),
        description: "y".repeat(100_000),
        keywords: [1, "z"],
      },
      links: [
        { rel: "about", href: "javascript:alert(1)" },
        { rel: "about", href: "data:text/html,x" },
        { rel: "about", href: "https://ok.example.test/", title: null },
      ],
    }),
    PATH,
  );
  if (!reading.ok) throw new Error(reading.reason);
  assertEquals(
    reading.record.links.map(({ href }) => href),
    [
      "https://definitions.example.test/a.json",
      "https://openeo.dataspace.copernicus.eu/",
      "https://ok.example.test/",
    ],
  );
  assertEquals(reading.record.facts.title.length, 200);
  assertEquals(reading.record.description.length, 4_000);
  assertEquals(reading.record.facts.keywords, ["z"]);
});

test("readRecord() reads a price in either spelling, and none where there is no number", () => {
  const priceOf = (properties: Readonly<Record<string, unknown>>) => {
    const reading = readRecord(openeoRecord("a", { properties }), PATH);
    return reading.ok ? reading.record.facts.price : undefined;
  };
  assertEquals(priceOf({ cost_unit: undefined, cost_units: "credits" }), {
    amount: 0.1,
    unit: "credits",
  });
  for (const amount of [null, "1", -1]) assertEquals(priceOf({ cost_estimate: amount }), undefined);
  assertEquals(priceOf({ cost_unit: null }), { amount: 0.1, unit: "" });
});

test("readRecord() tells a private record", () => {
  for (const visibility of ["private", " Private "]) {
    const reading = readRecord(openeoRecord("a", { properties: { visibility } }), PATH);
    if (!reading.ok) throw new Error(reading.reason);
    assert(reading.record.hidden);
  }
});

test("withoutSlashes() takes every slash at the end", () => {
  assertEquals(withoutSlashes("https://a.test/x//"), "https://a.test/x");
  assertEquals(withoutSlashes("https://a.test"), "https://a.test");
});

test("readRecord() serves a record of which a part cannot be read, without that part", () => {
  const record = openeoRecord("a", {
    properties: {
      title: 5,
      description: null,
      cost_estimate: "0.1",
      keywords: "Snow",
      formats: ["GeoTiff", null, { name: 5 }, { name: "CSV" }],
    },
    links: [null, { rel: "about" }, { href: "https://a.test" }, { rel: "about", href: null }],
  });
  const conformsTo = "https://apex.esa.int/core/openeo-udp/";
  for (
    const value of [record, { ...record, conformsTo }, {
      ...record,
      conformsTo: [null, conformsTo],
    }]
  ) {
    const reading = readRecord(value, PATH);
    if (!reading.ok) throw new Error(reading.reason);
    const { facts, links } = reading.record;
    assertEquals([facts.title, facts.keywords, facts.formats, facts.price], [
      "a",
      ["Snow"],
      ["GeoTIFF", "CSV"],
      undefined,
    ]);
    assertEquals(links.length, 2);
  }
});

test("readRecord() takes an address without its query, and none that holds a password or leads nowhere", () => {
  const detailsOf = (href: string) => {
    const reading = readRecord(ogcRecord("water", href), PATH);
    if (!reading.ok) return reading.reason;
    const { endpoint, namespace, application, obstacle } = reading.record.facts;
    return [endpoint, namespace, application, obstacle];
  };
  assertEquals(detailsOf("https://a.test/x/processes/one?f=json#top"), [
    "https://a.test",
    "x",
    "one",
    undefined,
  ]);
  assertEquals(detailsOf(" https://a.test/x//processes/one "), [
    "https://a.test",
    "x",
    "one",
    undefined,
  ]);
  assertEquals(detailsOf("https://a.test/x:y/processes/one"), [
    "https://a.test",
    "x:y",
    "one",
    "Dispatch could never read its jobs: its namespace x:y holds a colon",
  ]);
  assertEquals(
    detailsOf("https://user:word@a.test/x/processes/one"),
    "it has no service link that leads anywhere",
  );
  const relative = readRecord({
    ...openeoRecord("a"),
    links: [
      { rel: "service", href: "https://a.test" },
      { rel: "application", href: "../openeo_udp/a.json" },
    ],
  }, PATH);
  assertEquals(
    relative.ok ? "" : relative.reason,
    "it has no application link that leads to a process definition: ../openeo_udp/a.json is no address on the web",
  );
});
