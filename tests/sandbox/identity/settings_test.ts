import { assertEquals } from "@std/assert";
import { DEFAULT_SETTINGS } from "../../../src/sandbox/identity/settings.ts";
import { test } from "../../support/test.ts";
import { at, stage } from "../support.ts";
import { post } from "./support.ts";

test("DEFAULT_SETTINGS are those of the service's own provider", async () => {
  const { codeLife, interval, redirectUris } = DEFAULT_SETTINGS;
  assertEquals([codeLife, interval, redirectUris], [
    600_000,
    5,
    ["http://localhost:8000/callback"],
  ]);
  await using on = stage({ identity: { codeLife: 1000, interval: 1 } });
  const { body } = await post(on.sandbox, "auth/device");
  assertEquals([at(body, "expires_in"), at(body, "interval")], [1, 1]);
});
