import type { IndexData } from "../../../src/catalogue/facts.ts";

/** The text of an index: a line for each service, so that a change can be read. */
export function indexText({ services, ...head }: IndexData): string {
  const lines = services.map((service) => JSON.stringify(service));
  const names = Object.entries(head).map(([key, value]) =>
    `${JSON.stringify(key)}: ${JSON.stringify(value)}`
  );
  return `{\n${names.join(",\n")},\n"services": [\n${lines.join(",\n")}\n]}\n`;
}
