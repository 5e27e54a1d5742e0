import { assertEquals, assertStringIncludes } from "@std/assert";
import { displayable, jupyterDisplay } from "../../../src/display/render/displayable.ts";
import { test } from "../../support/test.ts";
import { checkHtml } from "../check_html.ts";
import { bundleOf } from "../views.ts";

const hello = displayable(() => [{ kind: "note", tone: "plain", lines: ["Hello, world"] }]);

test("displayable() answers the kernel's symbol with three forms", () => {
  assertEquals(jupyterDisplay, Symbol.for("Jupyter.display"));
  const bundle = bundleOf(hello);
  assertEquals(Object.keys(bundle), ["text/plain", "text/markdown", "text/html"]);
  assertEquals(bundle["text/plain"], "Hello, world");
  assertEquals(bundle["text/markdown"], "> Hello, world");
  assertEquals(checkHtml(bundle["text/html"]), "Hello, world");
});

test("displayable() prints as text", () => {
  assertEquals(String(hello), "Hello, world");
  assertEquals(`${hello}`, "Hello, world");
  assertEquals(Deno.inspect(hello), "Hello, world");
});

test("displayable() lays nothing out before somebody looks", () => {
  let times = 0;
  const lazy = displayable(() => {
    times++;
    return [];
  });
  assertEquals(times, 0);
  String(lazy);
  bundleOf(lazy);
  assertEquals(times, 2);
});

test("displayable() never throws, whatever is thrown at it", () => {
  const { proxy, revoke } = Proxy.revocable(new Error("hidden"), {});
  revoke();
  const thrown: [unknown, string][] = [
    [new Error("<b>broken</b>\u202e"), "<b>broken</b>"],
    ["text", "text"],
    [undefined, "it is not what was expected"],
    [proxy, "reading it failed"],
  ];
  for (const [value, reason] of thrown) {
    const broken = displayable(() => {
      throw value;
    });
    const expected = `This value cannot be shown as a table: ${reason}`;
    assertStringIncludes(checkHtml(bundleOf(broken)["text/html"]), expected);
    assertEquals(String(broken), `! ${expected}`);
    assertEquals(Deno.inspect(broken), `! ${expected}`);
  }
});
