import { count } from "../../core/units.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { code, command, type Line, muted, strong } from "../../display/render/document.ts";
import { formatValue } from "../../display/render/value.ts";
import { choicesOf, firstSentence, takes } from "../checking/schema_words.ts";
import type { CatalogueParameter } from "../reading/definition.ts";

/** The parameters of a service as a form. */
export function parametersView(
  parameters: readonly CatalogueParameter[] | undefined,
  { id }: { readonly id: string },
): Displayable {
  return displayable(() => {
    if (parameters === undefined) {
      return [{
        kind: "note",
        tone: "warning",
        lines: [
          "What this service takes could not be read.",
          [
            "For an OGC API process the platform has to be asked: ",
            command(`await catalogue.get("${id}", { client })`),
          ],
        ],
      }];
    }
    if (parameters.length === 0) {
      return [{ kind: "note", tone: "plain", lines: ["This service takes no parameters"] }];
    }
    const needed = parameters.filter((parameter) => parameter.needed).length;
    const rows = [...parameters].sort((a, b) => Number(b.needed) - Number(a.needed));
    const withChoices = rows.some((parameter) => choicesOf(parameter).length > 0);
    const withLong = rows.some((one) => formatValue(one.default).length > SHORT);
    return [{
      kind: "table",
      caption: [
        strong(count(parameters.length, "parameter")),
        muted(` · ${needed === 0 ? "none needed" : `${needed} needed`}`),
      ],
      columns: [
        { title: "Parameter", max: 40 },
        { title: "Takes", max: 60, yields: true, wraps: true },
        { title: "If left out", max: 60, yields: true, wraps: withLong },
        ...(withChoices
          ? [{ title: "One of", max: 120, yields: true, wraps: true, folds: 1 }]
          : []),
        { title: "What it is", max: 150, yields: true, wraps: true },
      ],
      rows: rows.map((parameter): Line[] => [
        strong(parameter.name),
        takes(parameter),
        parameter.needed
          ? "needed"
          : "default" in parameter && parameter.default !== null
          ? defaultLine(formatValue(parameter.default))
          : muted("the service decides"),
        ...(withChoices ? [choicesLine(choicesOf(parameter))] : []),
        firstSentence(parameter.description),
      ]),
    }];
  });
}

/** The most characters of a default that stand in one line beside the other columns. */
const SHORT = 16;

/** A default: code as long as it is short, for code takes one line alone. */
function defaultLine(value: string): Line {
  return value.length <= SHORT ? code(value) : value;
}

function choicesLine(choices: readonly unknown[]): Line {
  if (choices.length === 0) return "";
  const shown = choices.slice(0, 12).map((choice) => formatValue(choice)).join(", ");
  return choices.length > 12 ? `${shown} and ${choices.length - 12} more` : shown;
}
