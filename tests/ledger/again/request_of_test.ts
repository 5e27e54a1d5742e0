import { assertEquals } from "@std/assert";
import { requestOf } from "../../../src/ledger/again/request_of.ts";
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
