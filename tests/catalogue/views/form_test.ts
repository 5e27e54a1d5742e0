import { assertStringIncludes } from "@std/assert";
import { parametersView } from "../../../src/catalogue/views/form.ts";
import { test } from "../../support/test.ts";
import { textOf } from "../support/text_of.ts";

test("parametersView() of none, and of what is not known", () => {
  assertStringIncludes(textOf(parametersView([], { id: "a" })), "takes no parameters");
  assertStringIncludes(
    textOf(parametersView(undefined, { id: "a" })),
    'catalogue.get("a", { client })',
  );
});
