import { assert, assertEquals } from "@std/assert";
import { environments, REDIRECT_URI, SCOPE } from "../../src/auth/environments.ts";
import { filesBelow } from "../gate/modules.ts";
import { ROOT } from "../gate/entrypoints.ts";
import { test } from "../support/test.ts";

test("environments have a service, an issuer and a client each, over TLS", () => {
  for (const { service, issuer, clientId } of Object.values(environments)) {
    assert(service.startsWith("https://") && issuer.startsWith("https://"));
    assert(!service.endsWith("/") && !issuer.endsWith("/"));
    assert(clientId.startsWith("apex-dispatcher-api-"));
  }
  assertEquals(new URL(REDIRECT_URI).hostname, "localhost");
  assertEquals(SCOPE.split(" ").includes("offline_access"), true);
});

test("environments are named once in the code", async () => {
  const found: string[] = [];
  for (const path of await filesBelow(ROOT, "src")) {
    const text = await Deno.readTextFile(new URL(path, ROOT));
    const code = text.replaceAll(
      /\/\*[^]*?\*\/|\/\/.*$/gm,
      (part) => part.includes("://") && !part.startsWith("/*") ? part : "",
    );
    if (/apex-dispatcher-api-|auth\.(?:dev\.)?apex\.esa\.int\/realms\/apex"/.test(code)) {
      found.push(path);
    }
  }
  assertEquals(found.filter((path) => path !== "src/auth/provider/provider.ts"), [
    "src/auth/environments.ts",
  ]);
});
