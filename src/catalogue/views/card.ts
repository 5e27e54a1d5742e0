import { count } from "../../core/units.ts";
import { shortenMiddle } from "../../core/width.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { code, type Field, type Line, muted, strong } from "../../display/render/document.ts";
import type { ServiceDetails } from "../../models/service.ts";
import { type Runs, RUNS_KNOWN, type ServiceFacts } from "../facts.ts";
import type { CatalogueParameter } from "../reading/definition.ts";
import type { RecordLink } from "../reading/record.ts";
import { plainWords } from "../checking/schema_words.ts";
import { priceWords, runsLine } from "./list.ts";

/** What the card of a service shows. */
export interface CardParts extends ServiceFacts {
  /** The service as a request names it. */
  readonly service: ServiceDetails;
  readonly providerName: string;
  readonly platformName: string;
  /** Whether its jobs are known to run through Dispatch. */
  readonly runs: Runs;
  /** What it does. */
  readonly description: string;
  /** Where more is to be read. */
  readonly links: readonly RecordLink[];
  /** What it takes. */
  readonly parameters: readonly CatalogueParameter[];
  /** Arguments that were tested. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** What could not be read. */
  readonly remarks: readonly string[];
}

/** A service as a card. */
export function serviceCard(service: CardParts): Displayable {
  return displayable(() => {
    const { id, title, service: { endpoint, namespace, application }, parameters } = service;
    const needed = parameters.filter((parameter) => parameter.needed);
    const fields: Field[] = [
      ...(service.description === ""
        ? []
        : [{ label: "What it does", lines: [firstWords(plainWords(service.description))] }]),
      {
        label: "Through Dispatch",
        lines: [runsLine(service.runs, service.obstacle), ...obstacleLines(service)],
      },
      { label: "Provider", lines: [service.providerName] },
      {
        label: "Platform",
        lines: [[`${service.platformName} `, muted("· "), code(endpoint)]],
      },
      {
        label: service.label === "openeo" ? "Process definition" : "Process",
        lines: [
          service.label === "openeo"
            ? { text: shortenMiddle(application, ADDRESS), href: application, whole: application }
            : code([namespace, application].join("/")),
        ],
      },
      { label: "Results", lines: [service.formats.join(", ") || "not said"] },
      {
        label: "Price",
        lines: [service.price === undefined ? "not said" : priceWords(service.price)],
      },
      {
        label: "Parameters",
        lines: [
          parameters.length === 0
            ? "none that is known"
            : `${count(parameters.length, "parameter")} · ${
              needed.length === 0 ? "none" : needed.map(({ name }) => name).join(", ")
            } needed`,
        ],
      },
      ...linkFields(service),
    ];
    const [first] = service.remarks;
    return [
      { kind: "fields", caption: [strong(title), muted(" · "), code(id)], fields },
      ...(first === undefined
        ? []
        : [{ kind: "note", tone: "warning", lines: service.remarks } as const]),
      {
        kind: "note",
        tone: "plain",
        lines: [[
          code("service.parameters"),
          " is its form, ",
          ...(service.example === undefined
            ? []
            : [code("service.example"), " a request that was tested, "]),
          code("service.check({ … })"),
          " tells every problem and what it may cost, ",
          code("service.request({ parameters })"),
          " makes the request",
        ]],
      },
    ];
  });
}

function obstacleLines({ obstacle, runs }: CardParts): Line[] {
  if (obstacle !== undefined) return [obstacle];
  return [muted(
    runs === "yes"
      ? `its platform is one that Dispatch runs jobs on, as of ${RUNS_KNOWN}`
      : `its platform ${
        runs === "announced" ? "is being connected" : "is none that is known to be connected"
      }, as of ${RUNS_KNOWN}: ask before you build on it`,
  )];
}

/** The most of an address that stays on one line beside its label in a narrow window. */
const ADDRESS = 78;

/** The most of a description that a card has room for; all of it is in `description`. */
const ROOM = 180;

/** As many whole sentences as there is room for, or as many words. */
function firstWords(description: string): string {
  if (description.length <= ROOM) return description;
  const head = description.slice(0, ROOM - 1);
  const [sentences = head.replace(/\s\S*$/, "").toWellFormed()] = /^.*[.!?](?= )/s.exec(head) ?? [];
  return `${sentences} …`;
}

const TOLD: Readonly<Record<string, string>> = {
  about: "Documentation",
  notebook: "Notebook",
  code: "Source code",
  order: "Access",
  webapp: "Web page",
};

function linkFields({ links }: CardParts): Field[] {
  return Object.entries(TOLD).flatMap(([rel, label]) => {
    const [link] = links.filter((one) => one.rel === rel);
    return link === undefined
      ? []
      : [{ label, lines: [{ text: link.title ?? link.href, href: link.href }] }];
  });
}
