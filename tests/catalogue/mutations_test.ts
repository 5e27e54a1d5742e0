import { assert, assertEquals } from "@std/assert";
import { checkParameters } from "../../src/catalogue/checking/check.ts";
import { readDefinition } from "../../src/catalogue/reading/definition.ts";
import { test } from "../support/test.ts";
import { definition } from "./support/made_up.ts";
import { mutate, randomOf, valueFor } from "./support/mutations.ts";
import { catalogueFolder, definitionsIn } from "./support/shared_catalogue.ts";

/** Makes one mistake after another, and holds the check to each. */
function caught(definitions: readonly (readonly [string, unknown])[], amount: number): number {
  const random = randomOf(20_261_125);
  let made = 0;
  while (made < amount) {
    for (const [name, value] of definitions) {
      const reading = readDefinition(value);
      if (!reading.ok) throw new Error(`${name}: ${reading.reason}`);
      const { parameters } = reading.definition;
      const mutant = mutate(parameters, random);
      if (mutant === undefined) continue;
      made++;
      const { issues } = checkParameters(mutant.given, {
        parameters,
        obstacle: undefined,
        price: undefined,
        limits: [],
      });
      const found = issues.filter(({ path }) => path.startsWith(mutant.path));
      assert(
        found.length > 0,
        `${name}: ${mutant.what} at ${mutant.path} was not caught: ${JSON.stringify(mutant.given)}`,
      );
      for (const { message } of found) {
        assert(/^(?:expected|no such|is needed|Dispatch takes)/.test(message), message);
        assert(!/undefined|\[object|NaN twice/.test(message), message);
      }
      assertEquals(
        issues.filter(({ path }) => !path.startsWith(mutant.path)),
        [],
        `${name}: ${mutant.what}`,
      );
    }
  }
  return made;
}

test("checkParameters() catches 2,000 mistakes in made-up requests at the right path", () => {
  assert(caught([["made up", definition]], 2_000) >= 2_000);
});

Deno.test({
  name: "checkParameters() catches 10,000 mistakes over the real process definitions",
  ignore: catalogueFolder === undefined,
  async fn() {
    const definitions = await definitionsIn(catalogueFolder);
    assertEquals(definitions.length, 47);
    assert(caught(definitions, 10_000) >= 10_000);
  },
});

Deno.test({
  name: "checkParameters() takes the defaults of all real process definitions",
  ignore: catalogueFolder === undefined,
  async fn() {
    let defaults = 0, parametersSeen = 0;
    for (const [name, value] of await definitionsIn(catalogueFolder)) {
      const reading = readDefinition(value);
      if (!reading.ok) throw new Error(`${name}: ${reading.reason}`);
      const { parameters } = reading.definition;
      parametersSeen += parameters.length;
      const given = Object.fromEntries(
        parameters.map((parameter) => [
          parameter.name,
          "default" in parameter ? parameter.default : valueFor(parameter),
        ]),
      );
      defaults += parameters.filter((parameter) => "default" in parameter).length;
      const { issues } = checkParameters(given, {
        parameters,
        obstacle: undefined,
        price: undefined,
        limits: [],
      });
      assertEquals(issues, [], name);
    }
    assertEquals(parametersSeen, 171);
    assert(defaults > 0);
  },
});
