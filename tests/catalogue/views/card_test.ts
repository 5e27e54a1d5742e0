import { assertMatch, assertStringIncludes } from "@std/assert";
import { serviceCard } from "../../../src/catalogue/views/card.ts";
import { test } from "../../support/test.ts";
import { madeService } from "../support/made_service.ts";
import { bundleOf, textOf } from "../support/text_of.ts";

test("a service shows itself as a card, its parameters as a form", () => {
  const card = textOf(serviceCard(madeService()));
  for (
    const words of [
      "The composite · composite",
      "Alpha Institute",
      "The Cloud",
      "spatial_extent, temporal_extent needed",
      "Manual",
    ]
  ) {
    assertStringIncludes(card, words);
  }
  // A cell of the text is wrapped where it has no room; one of Markdown never is.
  const { "text/plain": wrapped = "", "text/markdown": form = "" } = bundleOf(
    madeService().parameters,
  );
  assertStringIncludes(wrapped, "8 parameters · 2 needed");
  for (
    const words of [
      "**8 parameters** · 2 needed",
      "a box { west, south, east, north }",
      "needed",
      "75",
    ]
  ) {
    assertStringIncludes(form, words);
  }
});

test("a card tells whole sentences of a long description, or whole words", () => {
  const told = (description: string) => textOf(serviceCard({ ...madeService(), description }));
  const long = "It maps what grows. " + "It does so every day and ".repeat(20) + "stops.";
  assertMatch(told(long), /What it does +It maps what grows\. …\n/);
  assertMatch(told("word ".repeat(100)), /(?:word ?)+ …\n/);
});
