import type { ServiceFacts } from "./facts.ts";
import { runsAt } from "./facts.ts";
import { nearest } from "../core/nearest.ts";

/** What a search can be narrowed to. */
export interface SearchFilter {
  /** The folder or the name of a provider, such as `vito`. @default any */
  readonly provider?: string | undefined;
  /** The file, the name or the host of a platform. @default any */
  readonly platform?: string | undefined;
  /** A format of results, such as `"GeoTIFF"` or `"gtiff"`. @default any */
  readonly format?: string | undefined;
  /** Whether only services are wanted whose jobs are known to run through Dispatch. @default false */
  readonly runs?: boolean | undefined;
}

/** The names by which providers and platforms are called. */
export interface Names {
  /** The names of providers by folder. */
  readonly providers: Readonly<Record<string, string>>;
  /** The names of platforms by file. */
  readonly platforms: Readonly<Record<string, string>>;
}

/** How much a word counts where it is found. */
const WEIGHTS = { id: 12, title: 9, keyword: 4, provider: 5, platform: 3, parameter: 3 } as const;

/**
 * The services that fit, best first: those that have every word in their id, title, provider, platform, keywords or
 * parameters, if need be as a part or with a slip; where none has all of them, those that have the most. Of equals,
 * those come first that run, and that have been tested.
 */
export function searchServices(
  services: readonly ServiceFacts[],
  words: string,
  filter: SearchFilter,
  names: Names,
): readonly ServiceFacts[] {
  const wanted = [...new Set(wordsIn(words))].slice(0, 12);
  const meant = filterMeant(services, filter, names);
  const scored = services
    .filter((service) => passes(service, meant, names))
    .map((service) => ({ service, ...scoreOf(service, wanted, names) }));
  const most = Math.max(0, ...scored.map(({ hits }) => hits));
  if (wanted.length > 0 && most === 0) return [];
  return scored
    .filter(({ hits }) => hits === most)
    .sort((a, b) => b.score - a.score || (a.service.id < b.service.id ? -1 : 1))
    .map(({ service }) => service);
}

/** How many of the words a service has, and how well it fits them. */
function scoreOf(
  service: ServiceFacts,
  wanted: readonly string[],
  names: Names,
): { readonly hits: number; readonly score: number } {
  const merit = (runsAt(service.endpoint) === "yes" && service.obstacle === undefined ? 0.5 : 0) +
    (service.scenario !== undefined ? 0.25 : 0);
  let score = merit;
  let hits = 0;
  const places: readonly (readonly [keyof typeof WEIGHTS, readonly string[]])[] = [
    ["id", [...wordsIn(service.id), wordsIn(service.id).join("")]],
    ["title", wordsIn(service.title)],
    ["keyword", service.keywords.flatMap(wordsIn)],
    ["provider", wordsIn(`${service.provider} ${names.providers[service.provider] ?? ""}`)],
    ["platform", wordsIn(`${service.platform} ${names.platforms[service.platform] ?? ""}`)],
    ["parameter", (service.parameters ?? []).flatMap(({ name }) => [name, ...wordsIn(name)])],
  ];
  for (const word of wanted) {
    const found = places.reduce(
      (best, [place, known]) => Math.max(best, WEIGHTS[place] * likeness(word, known)),
      0,
    );
    if (found === 0) continue;
    hits++;
    // A word in both the id and the title says more than in one of the two.
    const both = places.slice(0, 2).every(([, known]) => likeness(word, known) > 0.5);
    score += found + (both ? 2 : 0);
  }
  return { hits, score };
}

/** How much a word is like one of several: itself, a beginning, a part, or it with a slip. */
function likeness(word: string, known: readonly string[]): number {
  if (known.includes(word)) return 1;
  if (word.length >= 2 && known.some((other) => other.startsWith(word))) return 0.8;
  if (word.length >= 3 && known.some((other) => other.includes(word))) return 0.5;
  // A short word is like too many others.
  if (word.length < 4) return 0;
  const guess = nearest(word, known.filter((other) => Math.abs(other.length - word.length) <= 2));
  return guess === undefined ? 0 : 0.4;
}

function wordsIn(text: string): string[] {
  // Letters lose what stands above and below them: who types "foret" means "forêt".
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}+/gu, "").split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** A filter in words that some service knows: one that none knows stands for the nearest that one does. */
function filterMeant(
  services: readonly ServiceFacts[],
  filter: SearchFilter,
  { providers, platforms }: Names,
): SearchFilter {
  const names = { providers, platforms };
  const meant = (key: "provider" | "platform" | "format", known: readonly string[]) => {
    const { [key]: wanted } = filter;
    return wanted === undefined || services.some((one) => passes(one, { [key]: wanted }, names))
      ? wanted
      : nearest(wanted, known) ?? wanted;
  };
  return {
    ...filter,
    provider: meant("provider", [
      ...services.map((one) => one.provider),
      ...Object.values(providers),
    ]),
    platform: meant("platform", [
      ...services.map((one) => one.platform),
      ...Object.values(platforms),
    ]),
    format: meant("format", services.flatMap(({ formats }) => formats)),
  };
}

function passes(service: ServiceFacts, filter: SearchFilter, names: Names): boolean {
  const { provider, platform, format, runs } = filter;
  if (provider !== undefined && !isCalled(provider, service.provider, names.providers)) {
    return false;
  }
  if (platform !== undefined) {
    const host = URL.parse(service.endpoint)?.hostname ?? "";
    const byHost = host.includes(platform.toLowerCase());
    if (!byHost && !isCalled(platform, service.platform, names.platforms)) return false;
  }
  if (format !== undefined && !service.formats.some((known) => isFormat(known, format))) {
    return false;
  }
  return runs !== true ||
    (runsAt(service.endpoint) === "yes" && service.obstacle === undefined);
}

function isCalled(wanted: string, key: string, names: Readonly<Record<string, string>>): boolean {
  const plain = (text: string) => wordsIn(text).join(" ");
  const word = plain(wanted);
  return plain(key).includes(word) || plain(names[key] ?? "").includes(word);
}

/** Whether a record's format is the one that is meant, by its name or by Dispatch's word for it. */
export function isFormat(known: string, wanted: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const word = plain(wanted);
  return plain(known) ===
    (word === "gtiff" || word === "tif" || word === "tiff" ? "geotiff" : word);
}
