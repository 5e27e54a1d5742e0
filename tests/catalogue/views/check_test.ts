import { assertStringIncludes } from "@std/assert";
import { checkView } from "../../../src/catalogue/views/check.ts";
import { test } from "../../support/test.ts";
import { textOf } from "../support/text_of.ts";

test("checkView() names problems by their path, or the service as a whole", () => {
  const cost = { basis: "no price" };
  const text = textOf(checkView({ id: "a" }, {
    ok: false,
    issues: [{ path: "bands[0]", message: "expected one" }, { path: "", message: "cannot run" }],
    warnings: ["not live"],
    cost,
  }));
  for (const words of ["2 problems", "bands[0]", "the service", "not live"]) {
    assertStringIncludes(text, words);
  }
  assertStringIncludes(
    textOf(checkView({ id: "a" }, { ok: true, issues: [], warnings: [], cost })),
    "no price",
  );
});
