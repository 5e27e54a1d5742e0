import { clean } from "../core/clean.ts";
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
