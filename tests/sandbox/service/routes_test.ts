import { assertEquals } from "@std/assert";
import { operations } from "../../../src/api/operations.ts";
import { serviceRoutes } from "../../../src/sandbox/service/routes.ts";
import { test } from "../../support/test.ts";
import { at, send, stage } from "../support.ts";

test("serviceRoutes serve every operation, each once, at its path", () => {
  assertEquals(
    serviceRoutes.map(({ method, path, target }) => `${target}: ${method} ${path}`).sort(),
    Object.values(operations).map(({ name, method, path }) =>
      `${name}: ${method} ${path.replace(/\{\w+\}/, ":id")}`
    ).sort(),
  );
});

test("serviceRoutes answer HEAD as the service does: not at all", async () => {
  await using on = stage();
  const { status, headers } = await send(on.sandbox, "HEAD /health");
  assertEquals([status, headers.get("allow")], [405, "GET"]);
});

test("serviceRoutes say how the database is", async () => {
  await using on = stage();
  assertEquals((await send(on.sandbox, "GET /health")).body, {
    status: "ok",
    database: { status: "ok" },
  });
  on.sandbox.setDatabaseFailure("down");
  const { status, body } = await send(on.sandbox, "GET /health");
  assertEquals([status, at(body, "database", "message")], [503, "down"]);
});
