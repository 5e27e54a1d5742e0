import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { connectionTrouble } from "../../src/http/connection_trouble.ts";
import { test } from "../support/test.ts";

/** What Deno's fetch throws for a reason of its connector. */
function failed(reason: string, url = "https://dispatch.example.test/"): Error {
  const cause = new Error(
    `error sending request for url (${url}): client error (Connect): ${reason}`,
  );
  return new TypeError("fetch failed", { cause });
}

/** What Node's fetch throws. */
function coded(code: string): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code }) });
}

const DNS = "dns error: failed to lookup address information: Name or service not known";

test("connectionTrouble() tells the reasons apart, in Deno's words and in Node's", () => {
  const kinds = [
    [failed(DNS), "name-unknown"],
    [coded("ENOTFOUND"), "name-unknown"],
    [
      failed(DNS.replace("Name or service not known", "Temporary failure in name resolution")),
      "no-names",
    ],
    [coded("EAI_AGAIN"), "no-names"],
    [failed("tcp connect error: Connection refused (os error 111)"), "refused"],
    [coded("ECONNREFUSED"), "refused"],
    [new Error("NetworkError: failed to connect to WebSocket: tcp connect error"), "unreachable"],
    [failed("tcp connect error: Network is unreachable (os error 101)"), "unreachable"],
    [coded("EHOSTUNREACH"), "unreachable"],
    [failed("invalid peer certificate: UnknownIssuer"), "certificate"],
    [failed("invalid peer certificate: Expired"), "certificate"],
    [coded("SELF_SIGNED_CERT_IN_CHAIN"), "certificate"],
    [coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), "certificate"],
    [coded("CERT_HAS_EXPIRED"), "certificate"],
    [coded("ERR_TLS_CERT_ALTNAME_INVALID"), "certificate"],
    [failed("proxy authentication required"), "proxy"],
    [Object.assign(new Error("Requires net access"), { name: "NotCapable" }), "forbidden"],
    [failed("received corrupt message of type InvalidContentType"), "other"],
    ["no error at all", "other"],
  ] as const;
  for (const [error, kind] of kinds) assertEquals(connectionTrouble(error).kind, kind);
});

test("connectionTrouble() says what a company's own certificate needs", () => {
  const { words, hint = "" } = connectionTrouble(failed("invalid peer certificate: UnknownIssuer"));
  assertEquals(words, "the certificate is not trusted (UnknownIssuer)");
  assertStringIncludes(hint, "DENO_TLS_CA_STORE=system");
  assertStringIncludes(hint, "DENO_CERT=");
  const own = failed("invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))");
  assertStringIncludes(connectionTrouble(own).words, "(CaUsedAsEndEntity)");
});

test("connectionTrouble() takes no reason from the address that was asked for", () => {
  const { kind } = connectionTrouble(
    failed("tcp connect error: Connection refused (os error 111)", "https://proxy.dns-error.test/"),
  );
  assertEquals(kind, "refused");
});

test("connectionTrouble() keeps the runtime's words where it knows none of its own", () => {
  assertEquals(connectionTrouble(failed("operation timed out")), {
    kind: "other",
    words: "operation timed out",
  });
  assert(connectionTrouble(new Error("the line is cut")).words.includes("the line is cut"));
});
