import { clean } from "../core/redact.ts";
import { escapeHtml } from "../core/text.ts";
import { shorten } from "../core/width.ts";

/** Text of the service as it may stand in XML, no wider than asked. */
export function xmlText(text: string, width: number): string {
  // Two characters that clean text may hold are none of XML's.
  return escapeHtml(shorten(clean(text.replace(/[\ufffe\uffff]/g, "")), width));
}

/** A number of pixels, to a tenth. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Content whose coordinates are in tenths of a pixel. */
export function inTenths(content: string): string {
  return `<g transform="scale(.1)">${content}</g>`;
}

/** So many characters are made at once: as many as a call may have arguments. */
const CHUNK = 8192;

/** Bytes as Base64: `Uint8Array.prototype.toBase64` is younger than Node.js 24. */
function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

/** A picture as the address of itself: an SVG by its text, others by their bytes. */
export function pictureUrl(type: "svg+xml" | "png" | "jpeg", content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return `data:image/${type};base64,${toBase64(bytes)}`;
}
