import { assertEquals, assertMatch } from "@std/assert";
import { approvalPage, codePage, messagePage } from "../../../src/sandbox/identity/pages.ts";
import { test } from "../../support/test.ts";

test("approvalPage() escapes what it shows and keeps scripts out", () => {
  const { payload, headers } = approvalPage({
    user: "<b>",
    clientId: '"x"',
    code: "<i>",
    fields: { user_code: '"><script>' },
  });
  assertEquals(/<script|<i>|<b><b>/.test(String(payload)), false);
  assertMatch(headers["content-security-policy"] ?? "", /default-src 'none'/);
});

test("codePage() and messagePage() are whole pages", () => {
  for (const { payload } of [codePage(), messagePage(400, "No <b>", "Nothing")]) {
    assertMatch(String(payload), /^<!doctype html>[\s\S]*<\/html>\n$/);
    assertEquals(String(payload).includes("No <b>"), false);
  }
});
