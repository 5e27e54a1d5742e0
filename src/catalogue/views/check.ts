import { count } from "../../core/units.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { type Block, type Field, muted, strong } from "../../display/render/document.ts";
import { costLines } from "../../display/views/work/cost.ts";
import type { ServiceCheck } from "../checking/check.ts";

/** What a check found. */
export function checkView({ id }: { readonly id: string }, check: ServiceCheck): Displayable {
  return displayable(() => {
    const cost: Field = { label: "Cost", lines: costLines(check.cost) };
    const warnings: Block[] = check.warnings.length === 0
      ? []
      : [{ kind: "note", tone: "warning", lines: check.warnings }];
    if (check.ok) {
      return [{
        kind: "fields",
        caption: [strong(`${id} takes these parameters`)],
        fields: [cost],
      }, ...warnings];
    }
    return [{
      kind: "table",
      caption: [
        strong(`${id} does not take these parameters`),
        muted(` · ${count(check.issues.length, "problem")}`),
      ],
      columns: [{ title: "Where", max: 60 }, {
        title: "What",
        max: 400,
        wraps: true,
        yields: true,
      }],
      rows: check.issues.map(({ path, message }) => [
        path === "" ? muted("the service") : strong(path),
        message,
      ]),
    }, ...warnings];
  });
}
