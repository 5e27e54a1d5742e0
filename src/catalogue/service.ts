import { quote } from "../core/text.ts";
import { didYouMean } from "../core/nearest.ts";
import { showAs } from "../display/render/attach.ts";
import { RequestInvalidError } from "../http/errors.ts";
import { attachCost } from "../models/cost.ts";
import { BaseJobRequest, OutputFormatEnum } from "../models/jobs.ts";
import { checkOptions, optionIssues } from "../models/schema/options.ts";
import { formatPath, type Issue } from "../models/schema/issue.ts";
import type { ServiceDetails } from "../models/service.ts";
import { type Benchmarks, readBenchmarks } from "./reading/benchmarks.ts";
import { costOf } from "./checking/cost.ts";
import { checkParameters, checkView, type ServiceCheck } from "./checking/check.ts";
import type { CatalogueParameter } from "./reading/definition.ts";
import { type Runs, RUNS_KNOWN, runsAt, type ServiceFacts } from "./facts.ts";
import { readJson } from "./reading/read_json.ts";
import type { RecordLink } from "./reading/record.ts";
import { isFormat } from "./search.ts";
import { CatalogueError } from "./catalogue_error.ts";
import { benchmarksView } from "./views/benchmarks.ts";
import { serviceCard } from "./views/card.ts";
import { parametersView } from "./views/form.ts";

/** How `check` looks at a request. */
export interface CheckOptions {
  /** The format that is to be asked for. @default none */
  readonly format?: OutputFormatEnum | undefined;
  /** What benchmarks measured, to be told beside the cost. @default none */
  readonly benchmarks?: Benchmarks | undefined;
}

/** What a request of a service is made of. */
export interface ServiceRequest {
  /** What to call the job. @default the service's title and today's date */
  readonly title?: string | undefined;
  /** The values of its parameters; what is left out keeps its default. @default {} */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /**
   * The parameter that each job of an upscaling task has a value of its own for, and that is left out here. For
   * `upscaleArea` it is the one that says where: `dimension: service.spatialParameter`.
   * @default none
   */
  readonly dimension?: string | undefined;
  /** The format of the results. @default the first of the record's that Dispatch knows */
  readonly format?: OutputFormatEnum | undefined;
}

/** How benchmarks are asked for. */
export interface BenchmarksOptions {
  /** Gives up at once when it aborts. @default none */
  readonly signal?: AbortSignal | undefined;
}

/** A service of the catalogue: what it takes, costs, where it runs; and the way from there to a request. */
export interface CatalogueService extends ServiceFacts {
  /** The service as a request names it. */
  readonly service: ServiceDetails;
  /** Who offers the service, written out: `VITO`. */
  readonly providerName: string;
  /** Which platform runs its jobs, written out. */
  readonly platformName: string;
  /** Whether its jobs are known to run through Dispatch. */
  readonly runs: Runs;
  /** The month that what is known of its platform is of, such as `2026-08`. */
  readonly runsAsOf: string;
  /** What it does, in the words of its record; empty where the record could not be read. */
  readonly description: string;
  /** Where more is to be read. */
  readonly links: readonly RecordLink[];
  /** What it takes, with descriptions, ranges and defaults as far as they could be read. It shows itself as a form. */
  readonly parameters: readonly CatalogueParameter[];
  /** Arguments that the catalogue's own benchmark runs with; absent where it has none. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** The parameter that says where; absent where none or more than one does. */
  readonly spatialParameter?: string;
  /** What could not be read, and what is shown in its place. */
  readonly remarks: readonly string[];
  /** Every problem with parameters, and what a job with them may cost. Nothing is sent. */
  check(parameters: Readonly<Record<string, unknown>>, options?: CheckOptions): ServiceCheck;
  /**
   * The request of a job, checked.
   *
   * @throws {RequestInvalidError} that names every problem by its path.
   */
  request(parts?: ServiceRequest): BaseJobRequest;
  /** What the catalogue's own runs of it have cost. */
  benchmarks(options?: BenchmarksOptions): Promise<Benchmarks>;
}

/** What a service of the catalogue is made of. */
export interface ServiceParts {
  readonly facts: ServiceFacts;
  readonly providerName: string;
  readonly platformName: string;
  /** The endpoint that the Dispatch service has configured, where that is another. */
  readonly endpoint: string;
  /** What it does. */
  readonly description: string;
  /** Where more is to be read. */
  readonly links: readonly RecordLink[];
  /** What it takes; nothing where that could not be learned. */
  readonly parameters: readonly CatalogueParameter[] | undefined;
  /** The arguments of its benchmark. */
  readonly example: Readonly<Record<string, unknown>> | undefined;
  /** What could not be read. */
  readonly remarks: readonly string[];
  /** Where benchmarks are told. */
  readonly website: string;
  /** What sends requests. */
  readonly fetch: typeof fetch;
  /** The time in milliseconds since 1970. */
  readonly now: () => number;
}

/** Makes a service of the catalogue. */
export function catalogueService(parts: ServiceParts): CatalogueService {
  const { facts, endpoint, parameters } = parts;
  const { label, namespace, application, formats, price, obstacle } = facts;
  const service: ServiceDetails = {
    endpoint,
    application,
    ...(namespace === undefined ? {} : { namespace }),
  };
  const spatial = (parameters ?? []).filter(({ kinds }) =>
    kinds.includes("bounding-box") || kinds.includes("geojson")
  );
  const [place] = spatial;
  const known = formats.flatMap((format) =>
    Object.values(OutputFormatEnum).find((word) => isFormat(format, word)) ?? []
  );
  const limits = [
    ...(parameters === undefined
      ? ["What it takes could not be read: the parameters were not checked"]
      : parts.remarks),
    ...(formats.length > 0 && known.length === 0
      ? [
        `It makes ${
          formats.join(" and ")
        }, which Dispatch has no word for: a request asks for ${DEFAULT_FORMAT} unless its format says another`,
      ]
      : []),
  ];
  const check = (given: Readonly<Record<string, unknown>>, options: CheckOptions = {}) => {
    checkOptions(`Cannot check the parameters of ${facts.id}`, options, {
      format: "string",
      benchmarks: "object",
    });
    const found = checkParameters(given, { parameters, obstacle, price, limits, label });
    const issues = [...found.issues, ...formatIssues(options.format, known)];
    const measured = options.benchmarks?.summary ?? [];
    return showAs<ServiceCheck>({
      ...found,
      ok: issues.length === 0,
      issues,
      cost: measured.length === 0 ? found.cost : { ...found.cost, measured },
    }, (value) => checkView(facts, value));
  };
  const value: CatalogueService = {
    ...facts,
    endpoint,
    service,
    providerName: parts.providerName,
    platformName: parts.platformName,
    runs: runsAt(endpoint),
    runsAsOf: RUNS_KNOWN,
    description: parts.description,
    links: parts.links,
    parameters: showAs([...parameters ?? []], () => parametersView(parameters, facts)),
    ...(parts.example === undefined ? {} : { example: parts.example }),
    ...(place === undefined || spatial.length > 1 ? {} : { spatialParameter: place.name }),
    remarks: parts.remarks,
    check,
    request(request = {}) {
      const headline = `Cannot make a request of ${facts.id}`;
      const issues: Issue[] = optionIssues(request, REQUEST);
      if (issues.length > 0) throw new RequestInvalidError(headline, { issues });
      const { dimension } = request;
      const given = Object.fromEntries(
        Object.entries(request.parameters ?? {}).filter(([name]) => name !== dimension),
      );
      const names = parameters?.map(({ name }) => name) ?? [];
      if (dimension !== undefined && names.length > 0 && !names.includes(dimension)) {
        issues.push({
          path: "dimension",
          message: `no such parameter${didYouMean(dimension, names)}`,
        });
      }
      const format = request.format ?? known[0] ?? DEFAULT_FORMAT;
      issues.push(
        ...check(given, { format }).issues.filter(({ path }) =>
          dimension === undefined || path !== formatPath([dimension])
        ).map(({ path, message }) => ({
          path: path === "format" ? path : path === "" ? "" : `parameters.${path}`,
          message,
        })),
      );
      const today = new Date(parts.now()).toISOString().slice(0, 10);
      const title = request.title ?? `${facts.title} ${today}`;
      const reading = BaseJobRequest["~standard"].validate({
        title,
        label,
        service,
        parameters: {},
        format,
      });
      issues.push(
        ...(reading.issues ?? []).map(({ path = [], message }) => ({
          path: formatPath(path),
          message,
        })).filter(({ path }) => issues.every((known) => known.path !== path)),
      );
      if (issues.length > 0) throw new RequestInvalidError(headline, { issues });
      const made = BaseJobRequest.parse({ title, label, service, parameters: given, format });
      return attachCost(made, (jobs) => costOf(jobs, facts.price, parameters));
    },
    async benchmarks(options = {}) {
      checkOptions(`Cannot read the benchmarks of ${facts.id}`, options, { signal: "signal" });
      const { signal } = options;
      const address = `${parts.website}/api/services/${
        encodeURIComponent(facts.id)
      }/benchmarks.json`;
      const document = await readJson(address, { fetch: parts.fetch, signal }).catch(
        // Half of the services are not benchmarked.
        (error: unknown) => {
          if (!(error instanceof CatalogueError)) throw error;
          const { reason, cause, message } = error;
          if (reason === "not-found") return NO_RUNS;
          throw new CatalogueError(
            `Cannot read the benchmarks of ${facts.id}: ${message.replace(/^Cannot read /, "")}`,
            { reason, ...(cause === undefined ? {} : { cause }) },
          );
        },
      );
      const read = readBenchmarks(document.changed ? document.value : undefined, facts.id);
      return showAs(read, benchmarksView);
    },
  };
  return showAs(value, serviceCard);
}

/** What is asked for where the record names nothing that Dispatch has a word for. */
const DEFAULT_FORMAT = OutputFormatEnum.GTIFF;

const NO_RUNS = { changed: true, value: { data: [] } } as const;

const REQUEST = {
  title: "string",
  parameters: "object",
  format: "string",
  dimension: "string",
} as const;

function formatIssues(
  format: string | undefined,
  known: readonly OutputFormatEnum[],
): readonly Issue[] {
  if (format === undefined || known.length === 0 || known.some((word) => word === format)) {
    return [];
  }
  const words = known.map((word) => quote(word)).join(" or ");
  return [{
    path: "format",
    message: `expected ${words}, got ${quote(format)}: it makes no other`,
  }];
}
