import { orDispatchError } from "../../core/dispatch_error.ts";
import { isObject } from "../../core/objects.ts";
import { checkOptions } from "../../models/schema/options.ts";
import { LedgerError } from "../ledger_error.ts";
import type { Ledger } from "../open_ledger.ts";
import { type MadeWork, requestOf } from "./compare.ts";

/** How a request is written out. */
export interface ToCodeOptions {
  /**
   * In which language.
   *
   * @default {"typescript"}
   */
  readonly as?: "typescript" | "python" | "curl" | "json" | undefined;
  /** The ledger that knows the format of a job, and the service: the service itself forgets the format. */
  readonly ledger?: Pick<Ledger, "entries" | "service"> | undefined;
  /**
   * The format, where no ledger knows it.
   *
   * @default the ledger's
   */
  readonly format?: string | undefined;
  /**
   * Where the service is.
   *
   * @default the ledger's, or else the service in production
   */
  readonly baseUrl?: string | undefined;
}

const PRODUCTION = "https://dispatch-api.apex.esa.int";

/**
 * A cell that makes the same request again. It reads the token from the variable `DISPATCH_TOKEN` and holds no secret:
 * where the request had one, `(hidden)` stands.
 *
 * @throws {LedgerError} if nobody knows the format.
 *
 * @example
 * ```ts
 * import { toCode } from "@apex-dispatch/client/ledger";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const code = toCode({
 *   id: 12,
 *   title: "Fields [#k3f9qa2m]",
 *   label: "openeo",
 *   status: "finished",
 *   service: {
 *     endpoint: "https://openeo.example.test",
 *     application: "https://catalogue.example.test/vegetation_index.json",
 *   },
 *   parameters: { resolution: 10 },
 * }, { as: "python", format: "gtiff" });
 * assertStringIncludes(code, '"title": "Fields",');
 * ```
 */
export function toCode(work: MadeWork, options: ToCodeOptions = {}): string {
  return orDispatchError("Cannot write the request as code", () => codeOf(work, options));
}

function codeOf(work: MadeWork, options: ToCodeOptions): string {
  checkOptions<ToCodeOptions>("Cannot write the request as code", options, {
    as: ["typescript", "python", "curl", "json"],
    ledger: "object",
    format: "string",
    baseUrl: "string",
  });
  const { as = "typescript", ledger } = options;
  const known = requestOf(work, ledger?.entries);
  const format = options.format ?? known.format;
  if (format === undefined) {
    throw new LedgerError("Cannot write the request as code: nobody knows its format", {
      reason: "plan",
      hint: 'the service forgets it: give { ledger }, or { format: "gtiff" }',
    });
  }
  const request = { ...known, format };
  const baseUrl = (options.baseUrl ?? ledger?.service ?? PRODUCTION).replace(/(?<!\/)\/+$/, "");
  const path = request.dimension === undefined ? "/unit_jobs" : "/upscale_tasks";
  switch (as) {
    case "json":
      return `${JSON.stringify(request, null, 2)}\n`;
    case "typescript":
      return typescript(request, baseUrl);
    case "python":
      return python(request, baseUrl + path);
    case "curl":
      return curl(request, baseUrl + path);
  }
}

function typescript(request: object, baseUrl: string): string {
  const create = "dimension" in request ? "upscaleTasks.create" : "unitJobs.create";
  return `import process from "node:process";
import { AuthenticatedClient } from "@apex-dispatch/client";

const client = new AuthenticatedClient({
  baseUrl: ${JSON.stringify(baseUrl)},
  token: () => process.env.DISPATCH_TOKEN ?? "",
});
await client.${create}(${JSON.stringify(request, null, 2)});
`;
}

function python(request: object, url: string): string {
  return `import os

import requests

response = requests.post(
    ${JSON.stringify(url)},
    headers={"Authorization": f"Bearer {os.environ['DISPATCH_TOKEN']}"},
    json=${pythonOf(request, "    ")},
    timeout=300,
)
response.raise_for_status()
print(response.json())
`;
}

/** A value from JSON as Python writes it: its strings are JSON's, its words are its own. */
function pythonOf(value: unknown, indent: string): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    const items = value.map((item) => pythonOf(item, inner));
    const short = `[${items.join(", ")}]`;
    if (short.length <= 60 && !short.includes("\n")) return short;
    return `[\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (fields.length === 0) return "{}";
  const lines = fields.map(([name, field]) =>
    `${inner}${JSON.stringify(name)}: ${pythonOf(field, inner)},\n`
  );
  return `{\n${lines.join("")}${indent}}`;
}

function curl(request: object, url: string): string {
  return [
    `curl --fail-with-body --request POST ${shellOf(url)}`,
    '--header "Authorization: Bearer $DISPATCH_TOKEN"',
    "--header 'Content-Type: application/json'",
    `--data-raw ${shellOf(JSON.stringify(request))}`,
  ].join(" \\\n  ") + "\n";
}

/** A text that a POSIX shell takes as it stands. */
function shellOf(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
