import { assertStringIncludes } from "@std/assert";
import { parametersView } from "../../../src/catalogue/views/form.ts";
import { test } from "../../support/test.ts";
import { bundleOf, textOf } from "../support/text_of.ts";

test("parametersView() of none, and of what is not known", () => {
  assertStringIncludes(textOf(parametersView([], { id: "a" })), "takes no parameters");
  assertStringIncludes(
    textOf(parametersView(undefined, { id: "a" })),
    'catalogue.get("a", { client })',
  );
});

test("parametersView() shows all of a long default and of what there is to choose from, in lines that break", () => {
  const bands = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];
  const view = parametersView([{
    name: "bands",
    description: "Bands. Of Sentinel-2.",
    kinds: ["array of strings"],
    schemas: [{ type: "array", items: { type: "string", enum: bands } }],
    needed: false,
    default: ["B04", "B03", "B02"],
  }], { id: "a" });
  const html = (bundleOf(view)["text/html"] ?? "").replaceAll("&#34;", '"');
  assertStringIncludes(html, bands.map((band) => `"${band}"`).join(", "));
  assertStringIncludes(html, '["B04", "B03", "B02"]');
});
