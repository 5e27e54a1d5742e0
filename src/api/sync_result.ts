import type { CallOptions } from "../http/config.ts";
import { invalidResponse } from "./failures/invalid_response.ts";
import type { ParseOptions } from "../models/schema/model.ts";
import type { JsonValue } from "../models/schema/json.ts";
import { type AnswerReader, parseJson } from "./answer.ts";

/** Options of `unitJobs.createSync`. */
export interface SyncOptions extends CallOptions, ParseOptions {
  /**
   * Whether a body that is no JSON is handed over as it arrives, not when it is complete. Read it to its end, or
   * cancel it.
   *
   * @default {false}
   */
  readonly stream?: boolean | undefined;
}

/** The result of a synchronous job, as the platform sends it. */
export type SyncJobResult = SyncJson | SyncBytes | SyncStream;

/** A result in JSON; a time series is shaped `{"<ISO date>": [[value]]}`. */
export interface SyncJson {
  /** Which kind of result this is. */
  readonly kind: "json";
  /** The media type, if the platform named one. */
  readonly mediaType: string | null;
  /** The result. */
  readonly data: JsonValue;
}

/** A result in another format, such as GeoTIFF or netCDF. */
export interface SyncBytes {
  /** Which kind of result this is. */
  readonly kind: "bytes";
  /** The media type, if the platform named one. */
  readonly mediaType: string | null;
  /** The result, byte for byte. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A result in another format, as it arrives. */
export interface SyncStream {
  /** Which kind of result this is. */
  readonly kind: "stream";
  /** The media type, if the platform named one. */
  readonly mediaType: string | null;
  /** The result, in parts. */
  readonly data: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** A reader of whatever a platform sends: JSON as JSON, anything else as bytes or a stream. */
export function syncReader(asStream: boolean | undefined): AnswerReader<SyncJobResult> {
  return {
    accept: "*/*",
    wantsStream: (status, headers) =>
      asStream === true && status >= 200 && status < 300 &&
      !isJson(headers.get("Content-Type")),
    read(call, exchange) {
      const { answer: { headers, content, stream } } = exchange;
      const mediaType = headers.get("Content-Type");
      if (stream !== undefined) return { kind: "stream", mediaType, data: stream };
      const json = isJson(mediaType) || (mediaType === null && looksLikeJson(content))
        ? parseJson(content)
        : undefined;
      if (json !== undefined) return { kind: "json", mediaType, data: json.value };
      if (isJson(mediaType) || content.length === 0) throw invalidResponse(call, exchange, []);
      return { kind: "bytes", mediaType, data: content };
    },
  };
}

/** `application/json`, and every media type with the suffix `+json` (RFC 6839, section 3.1). */
function isJson(mediaType: string | null): boolean {
  return mediaType !== null && /^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType);
}

/** Whether the first character that is no space can begin an object or an array. */
function looksLikeJson(content: Uint8Array): boolean {
  const first = content.find((byte) => byte !== 0x20 && (byte < 0x09 || byte > 0x0d));
  return first === 0x7b || first === 0x5b;
}
