import { count, formatDuration } from "../../core/units.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { type Line, muted, strong } from "../../display/render/document.ts";
import { formatArea } from "../checking/cost.ts";
import { type Benchmarks, formatDate } from "../reading/benchmarks.ts";

const MOST_ROWS = 10;

/** What the catalogue's own runs of a service have cost: summed up, and the newest of them one by one. */
export function benchmarksView({ serviceId, runs, summary }: Benchmarks): Displayable {
  return displayable(() => {
    if (runs.length === 0) {
      return [{
        kind: "note",
        tone: "plain",
        lines: [`The catalogue has run no benchmarks of ${serviceId}`],
      }];
    }
    const shown = runs.slice(0, MOST_ROWS);
    const facts = [
      count(runs.length, "run"),
      ...(shown.length < runs.length ? [`the newest ${shown.length} shown`] : []),
    ];
    return [{
      kind: "table",
      caption: [strong(`Benchmarks of ${serviceId}`), muted(` · ${facts.join(" · ")}`)],
      columns: [
        { title: "Began", max: 24 },
        { title: "Credits", max: 12, align: "right" },
        { title: "Area", max: 16, align: "right" },
        { title: "Took", max: 16, align: "right" },
        { title: "Scenario", max: 60, yields: true },
      ],
      rows: shown.map(({ start, cost, area, duration, scenario }): Line[] => [
        start === undefined ? muted("not said") : formatDate(start),
        cost === undefined ? muted("not said") : String(Number(cost.toPrecision(3))),
        area === undefined ? muted("not said") : formatArea(area),
        duration === undefined ? muted("not said") : formatDuration(duration * 1_000),
        scenario,
      ]),
    }, ...(summary.length === 0 ? [] : [{ kind: "note", tone: "plain", lines: summary } as const])];
  });
}
