import { assertEquals } from "@std/assert";
import { whereIsBrowser } from "../../../src/auth/flows/flow.ts";
import { test } from "../../support/test.ts";

test("whereIsBrowser() knows remote machines by their variables", () => {
  const names = [
    "SSH_CONNECTION",
    "CODESPACES",
    "KUBERNETES_SERVICE_HOST",
    "JUPYTERHUB_USER",
    "JUPYTERHUB_API_URL",
  ];
  for (const name of names) {
    assertEquals(
      whereIsBrowser((asked) => asked === name ? "x" : undefined, () => true),
      "elsewhere",
    );
  }
});

test("whereIsBrowser() is here where nothing says otherwise, and in doubt where it may not look", () => {
  assertEquals(whereIsBrowser(() => undefined, () => true), "here");
  assertEquals(whereIsBrowser(() => undefined, (name) => name !== "CODESPACES"), "doubt");
});
