import { assertEquals } from "@std/assert";
import { healthCard } from "../../../../src/display/views/service/health.ts";
import { test } from "../../../support/test.ts";

test("healthCard() tells how the service and its database are", () => {
  assertEquals(
    String(healthCard({ status: "ok", database: { status: "ok", message: null } })),
    "Dispatch service  ✓ ok\nDatabase  ✓ ok",
  );
  assertEquals(
    String(
      healthCard({ status: "error", database: { status: "error", message: "no connection" } }),
    ),
    "Dispatch service  ✗ error\nDatabase  ✗ error  no connection",
  );
  assertEquals(
    String(healthCard({ status: "degraded", database: { status: "" } })),
    "Dispatch service  • degraded\nDatabase  • none",
  );
});
