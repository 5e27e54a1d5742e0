import { assertEquals, assertNotEquals } from "@std/assert";
import { canonical, fingerprintOf, plainService } from "../../src/ledger/canonical.ts";
import { test } from "../support/test.ts";
import { requestOf } from "./support.ts";

test("canonical() is the same however a value is written", () => {
  assertEquals(
    canonical({ b: 1e-7, a: [{ y: 1, x: undefined }] }),
    canonical({ a: [{ y: 1 }], b: 0.0000001 }),
  );
  assertNotEquals(canonical([1, 2]), canonical([2, 1]));
  assertEquals(canonical(undefined), "null");
});

test("fingerprintOf() tells requests apart, and not spellings", () => {
  const request = requestOf(1);
  const { endpoint, application } = request.service;
  assertEquals(
    fingerprintOf(request),
    fingerprintOf({ ...request, service: { application, namespace: null, endpoint } }),
  );
  assertNotEquals(fingerprintOf(request), fingerprintOf({ ...request, format: "netcdf" }));
  assertNotEquals(fingerprintOf(request), fingerprintOf(requestOf(2, request.title)));
});

test("plainService() leaves out a namespace that says nothing", () => {
  assertEquals(plainService({ endpoint: "e", namespace: null }), { endpoint: "e" });
  assertEquals(plainService({ endpoint: "e", namespace: "n" }), { endpoint: "e", namespace: "n" });
  assertEquals(plainService(undefined), undefined);
});
