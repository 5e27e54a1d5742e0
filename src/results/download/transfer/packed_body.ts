import { ResultsError } from "../../results_error.ts";

/** What HTTP calls the packings that can be undone (RFC 9110, 8.4.1), and what the platform calls them. */
const FORMATS: Readonly<Record<string, CompressionFormat>> = {
  "gzip": "gzip",
  "x-gzip": "gzip",
  "deflate": "deflate",
};

/**
 * The body of an answer as the file is. A host may pack it for the way although it was asked not to; Node.js and Bun
 * undo that by themselves, Deno does not where it was asked for something else. A body that ends early fails to be
 * undone: so it is known not to be whole, though nothing tells its length.
 *
 * @throws {ResultsError} if it is packed in a way that nobody can undo here.
 */
export function plainBody(
  { body, headers }: Response,
  { name }: { readonly name: string },
): ReadableStream<Uint8Array<ArrayBuffer>> | null {
  const packings = (headers.get("content-encoding") ?? "").toLowerCase().split(",")
    .map((one) => one.trim()).filter((one) => one !== "" && one !== "identity");
  if (body === null || packings.length === 0 || !("Deno" in globalThis)) return body;
  // Some hosts say of a file that is packed by itself that it was packed for the way.
  if (/\.(?:gz|tgz)$/i.test(name)) return body;
  let plain: ReadableStream<Uint8Array<ArrayBuffer>> = body;
  for (const packing of packings.toReversed()) {
    const format = FORMATS[packing];
    if (format === undefined) {
      body.cancel().catch(() => {});
      throw new ResultsError(
        `Cannot download ${name}: its host sends it packed with ${
          packing.slice(0, 20)
        }, which cannot be undone here\n` +
          "  What to do: fetch it from the platform itself, or tell its team: a plain file was asked for",
        { reason: "unsupported" },
      );
    }
    plain = plain.pipeThrough(new DecompressionStream(format));
  }
  return plain;
}
