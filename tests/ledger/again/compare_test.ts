import { assertEquals, assertStringIncludes } from "@std/assert";
import { compare, requestOf } from "../../../src/ledger/again/compare.ts";
import type { LedgerEntry } from "../../../src/ledger/journal/entry.ts";
import { test } from "../../support/test.ts";
import { requestOf as requestFor } from "../support.ts";

const since = new Date("2026-11-23T15:38:21Z");
const entry: LedgerEntry = {
  ...{ key: "a", kind: "job", request: requestFor(1), fingerprint: "f", watermark: 0 },
  ...{ state: "created", at: since, since, id: 7, status: "finished" },
};

test("requestOf() knows the format from the ledger, and no mark and no secret", () => {
  const { format, ...request } = requestFor(1);
  const job = {
    ...{ id: 7, status: "finished", label: request.label },
    title: "Field 1 [#k3f9qa2m]",
    service: { ...request.service, namespace: null },
    parameters: { ...request.parameters, mask: "https://x.test/a.tif?X-Amz-Signature=0123456789" },
  };
  assertEquals(requestOf(job, [entry]), {
    ...request,
    format,
    parameters: { ...request.parameters, mask: "https://x.test/a.tif?X-Amz-Signature=(hidden)" },
  });
  assertEquals(requestOf({ ...job, id: 8 }, [entry]).format, undefined);
  assertEquals(requestOf(entry), requestFor(1));
});

const jobOf = (id: number, place: number) => ({
  ...requestFor(place, "Field"),
  id,
  status: "created",
});

test("compare() names each difference by its path, and shows them as a table", () => {
  const comparison = compare(jobOf(1, 4), jobOf(2, 5));
  assertEquals(comparison.differences.map(({ path }) => path), [
    "parameters.spatial_extent.west",
    "parameters.spatial_extent.east",
  ]);
  const text = String(comparison);
  for (const part of ["Job 1 and Job 2 differ", "parameters.spatial_extent.west", "5.5"]) {
    assertStringIncludes(text, part);
  }
});

test("compare() finds nothing where values are written otherwise", () => {
  const one = jobOf(1, 4);
  const extent = { north: 42, south: 41, east: 4.5, west: 4 };
  const other = { ...one, id: 2, parameters: { spatial_extent: extent } };
  assertEquals(compare(one, other).differences, []);
  assertStringIncludes(String(compare(one, other)), "Job 1 and Job 2 are alike");
});

test("compare() tells what one has and the other has not, and lists of other lengths as a whole", () => {
  const one = { ...jobOf(1, 4), parameters: { bands: ["B04"], scale: 1, more: [{ a: 1 }] } };
  const other = { ...jobOf(2, 4), parameters: { bands: ["B04", "B08"], more: [{ a: 2 }] } };
  assertEquals(compare(one, other).differences, [
    { path: "parameters.bands", one: ["B04"], other: ["B04", "B08"] },
    { path: "parameters.scale", one: 1, other: undefined },
    { path: "parameters.more[0].a", one: 1, other: 2 },
  ]);
});
