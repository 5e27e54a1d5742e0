import { count } from "../../core/units.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import {
  type Block,
  code,
  command,
  type Line,
  muted,
  strong,
} from "../../display/render/document.ts";
import { type Price, type Runs, runsAt, type ServiceFacts } from "../facts.ts";

const MOST_ROWS = 20;

/** What a list of services is of. */
export interface ListContext {
  /** The names of providers by folder. */
  readonly providers: Readonly<Record<string, string>>;
  /** The names of platforms by file. */
  readonly platforms: Readonly<Record<string, string>>;
  /** What the list is of, in words: `index of August 2026`. */
  readonly from: string;
  /** What is worth knowing. */
  readonly notes: readonly string[];
}

/** Services as a table; one that holds none says what to do. */
export function servicesView(services: readonly ServiceFacts[], context: ListContext): Displayable {
  return displayable(() => {
    const notes: Block[] = context.notes.length === 0
      ? []
      : [{ kind: "note", tone: "plain", lines: context.notes }];
    if (services.length === 0) {
      return [{
        kind: "note",
        tone: "plain",
        lines: [[
          "No service fits. Try fewer or other words, or look at all of them: ",
          command("await catalogue.search()"),
        ]],
      }, ...notes];
    }
    const shown = services.slice(0, MOST_ROWS);
    const facts = [
      ...(shown.length < services.length ? [`the best ${shown.length} shown`] : []),
      context.from,
    ];
    return [{
      kind: "table",
      caption: [strong(count(services.length, "service")), muted(` · ${facts.join(" · ")}`)],
      columns: [
        { title: "Service", max: 44 },
        { title: "What it makes", max: 70, yields: true, wraps: true },
        { title: "Dispatch", max: 12 },
        { title: "Platform", max: 30, yields: true, folds: 5 },
        { title: "Provider", max: 30, yields: true, folds: 4 },
        { title: "Formats", max: 26, yields: true, folds: 3 },
        { title: "Price", max: 38 },
      ],
      rows: shown.map((service): Line[] => [
        code(service.id),
        service.title,
        runsLine(runsAt(service.endpoint), service.obstacle),
        context.platforms[service.platform] ?? service.platform,
        context.providers[service.provider] ?? service.provider,
        service.formats.join(", ") || muted("not said"),
        service.price === undefined
          ? muted("not said")
          : priceWords(service.price).replace("platform credit", "credit"),
      ]),
    }, {
      kind: "note",
      tone: "plain",
      lines: [[command(`await catalogue.get("${shown[0]?.id ?? ""}")`), " shows what one takes"]],
    }, ...notes];
  });
}

/** A catalogue as a whole: how much there is, of when, and what to type next. */
export function catalogueView(
  services: readonly ServiceFacts[],
  from: string,
  problems: readonly { readonly path: string; readonly reason: string }[],
  notes: readonly string[],
): Displayable {
  // One that was tested and runs is a good one to begin with.
  const first =
    services.find(({ scenario, obstacle, endpoint }) =>
      scenario !== undefined && obstacle === undefined && runsAt(endpoint) === "yes"
    ) ?? services[0];
  return displayable(() => [
    {
      kind: "fields",
      caption: [
        strong("APEx Algorithm Services Catalogue"),
        muted(` · ${count(services.length, "service")} · ${from}`),
      ],
      fields: [
        { label: "Find", lines: [command('await catalogue.search("vegetation")')] },
        ...(first === undefined
          ? []
          : [{ label: "Look at one", lines: [command(`await catalogue.get("${first.id}")`)] }]),
      ],
    },
    ...(problems.length === 0 ? [] : [
      {
        kind: "note",
        tone: "warning",
        lines: [
          `${count(problems.length, "document")} could not be read:`,
          ...problems.slice(0, MOST_ROWS).map(({ path, reason }) => `${path}: ${reason}`),
        ],
      } as const,
    ]),
    ...(notes.length === 0 ? [] : [{ kind: "note", tone: "plain", lines: notes } as const]),
  ]);
}

/** Whether jobs of a service run through Dispatch, in a word. */
export function runsLine(runs: Runs, obstacle: string | undefined): Line {
  if (obstacle !== undefined) return "cannot run";
  if (runs === "yes") return "runs";
  return runs === "announced" ? "announced" : muted("not known");
}

/** A price as the record states it. */
export function priceWords({ amount, unit }: Price): string {
  if (unit === "") return `${amount}, of what is not said`;
  const words = unit.replace(/\.$/, "").replace(/\s+/g, " ");
  return `${amount} ${amount === 1 ? words.replace(/\bcredits\b/, "credit") : words}`;
}
