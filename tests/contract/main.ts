import { operations } from "../../src/api/operations.ts";
import { schemas } from "../../src/models/schemas.ts";
import { formatDifference } from "./differences/difference.ts";
import { differences } from "./differences/differences.ts";
import { record } from "./document.ts";
import { holdingsOf, NEWEST, versionOf } from "./versions.ts";

const USAGE = `Usage: deno task contract <file or URL>

Holds the package's operations and models against an OpenAPI 3.1 document and names every difference,
for example: deno task contract https://dispatch-api.dev.apex.esa.int/openapi.json
The document's own version decides what it has to hold; without a number it is held to the newest.

Exit code: 0 no difference, 1 a difference, 2 the document cannot be read`;

/** Where {@linkcode contract} writes. */
export interface ContractOutput {
  /** Takes a line of the answer. */
  readonly log: (line: string) => void;
  /** Takes a line about a failure. */
  readonly error: (line: string) => void;
}

/**
 * The command `deno task contract`.
 *
 * @returns the exit code: 0 without a difference, 1 with one, 2 when there is nothing to compare.
 */
export async function contract(
  args: readonly string[],
  { log, error }: ContractOutput,
): Promise<number> {
  const [source] = args;
  if (source === undefined || args.length > 1 || source.startsWith("-")) {
    error(USAGE);
    return 2;
  }
  try {
    const document = parse(await read(source), source);
    const found = differences(document, { operations, schemas });
    const held = holdingsOf({ operations, schemas }, versionOf(document).taken);
    const api = nameOf(document);
    for (const difference of found) log(formatDifference(difference));
    log(
      found.length > 0
        ? `${found.length} ${found.length === 1 ? "difference" : "differences"} (${api})`
        : `No difference: ${Object.keys(held.operations).length} operations, ${
          Object.keys(held.schemas).length
        } schemas (${api})`,
    );
    return found.length > 0 ? 1 : 0;
  } catch (cause) {
    error(`${cause instanceof Error ? cause.message : cause}: ${source}`);
    return 2;
  }
}

/** What a document is, and which version it was taken for. */
function nameOf(document: unknown): string {
  const { said, taken } = versionOf(document);
  const title = String(record(record(document)["info"])["title"] ?? "untitled");
  const newest = taken === NEWEST ? `the newest that is known, ${taken}` : taken;
  return `${title} ${said ?? "without a version"}, taken for ${newest}`;
}

async function read(source: string): Promise<string> {
  if (!/^https?:/i.test(source)) {
    try {
      return await Deno.readTextFile(source);
    } catch (cause) {
      throw new Error(`Cannot read the file (${reason(cause)})`, { cause });
    }
  }
  let response: Response;
  try {
    response = await fetch(source, { signal: AbortSignal.timeout(30_000) });
  } catch (cause) {
    throw new Error(`Cannot reach the URL (${reason(cause)})`, { cause });
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`Cannot read the URL (status ${response.status})`);
  return text;
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const hint = /\.ya?ml$/i.test(source) ? "; YAML is not read" : "";
    throw new Error(`Cannot read the document as JSON (${reason(cause)}${hint})`, { cause });
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

if (import.meta.main) Deno.exit(await contract(Deno.args, console));
