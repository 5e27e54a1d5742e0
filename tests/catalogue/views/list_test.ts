import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { packagedIndex } from "../../../src/catalogue/index/index_data.ts";
import { catalogueView, priceWords, servicesView } from "../../../src/catalogue/views/list.ts";
import { test } from "../../support/test.ts";
import { bundleOf, textOf } from "../support/text_of.ts";

const { services, providers, platforms } = packagedIndex();
const context = { providers, platforms, from: "index of August 2026", notes: [] };

test("servicesView() shows the best twenty, and says how many there are", () => {
  const text = textOf(servicesView(services, context));
  assertStringIncludes(text, "70 services · the best 20 shown · index of August 2026");
});

test("servicesView() of nothing says what to do", () => {
  assertStringIncludes(textOf(servicesView([], context)), "await catalogue.search()");
});

test("servicesView() and catalogueView() escape what the catalogue says", () => {
  const [first] = services;
  if (first === undefined) throw new Error("the index is empty");
  const hostile = "<img src=x onerror=alert(1)>\u202e\u001b[31m";
  const shown = bundleOf(
    servicesView([{ ...first, title: hostile, id: hostile }], { ...context, notes: [hostile] }),
  );
  assert(!shown["text/html"]?.includes("<img src=x"));
  assert(!shown["text/plain"]?.includes("\u001b"));
  const whole = bundleOf(
    catalogueView(services, hostile, [{ path: hostile, reason: hostile }], [hostile]),
  );
  assert(!whole["text/html"]?.includes("<img src=x"));
});

test("the index names a provider and a platform for every service", () => {
  for (const { id, provider, platform } of services) {
    assertEquals([provider in providers, platform in platforms], [true, true], id);
  }
});

test("priceWords() has the record's words without the full stop and the spaces of its sentence", () => {
  assertEquals(
    priceWords({ amount: 1, unit: "platform credits per km² and 3 months of  observation." }),
    "1 platform credit per km² and 3 months of observation",
  );
  assertEquals(priceWords({ amount: 2, unit: "" }), "2, of what is not said");
});
