import type { Legend } from "../../map/marks/legend.ts";
import { xmlText } from "../../map/xml.ts";
import { cssOf, paletteOf } from "../raster/colours.ts";
import type { Meaning } from "../raster/paint.ts";

const WIDTH = 138;
const ROW = 20;
const STOPS = 10;
const MOST_CLASSES = 12;
const MOST_TEXT = 26;

/** Draws what the colours of a picture mean. */
export function meaningLegend(meaning: Meaning): Legend {
  switch (meaning.kind) {
    case "empty":
      return { svg: `<text class="b" y="12">no values</text>`, height: 26 };
    case "values": {
      const { band, range: [low, high], statistics: { least, most }, palette } = meaning;
      const colour = paletteOf(palette);
      const steps = Array.from({ length: STOPS }, (_, index) => {
        const value = (index + 0.5) / STOPS;
        return `<rect x="${index * WIDTH / STOPS}" y="24" width="${
          WIDTH / STOPS + 0.5
        }" height="12" fill="${cssOf(colour(value))}"/>`;
      });
      return {
        svg: `<text class="b" y="12">${xmlText(band, MOST_TEXT)}</text>${steps.join("")}` +
          `<text y="51">${formatNumber(low)}</text><text class="r" x="${WIDTH}" y="51">${
            formatNumber(high)
          }</text><text class="m" y="69">${
            xmlText(`lowest ${formatNumber(least)}`, MOST_TEXT)
          }</text><text class="m" y="84">${
            xmlText(`highest ${formatNumber(most)}`, MOST_TEXT)
          }</text>`,
        height: 92,
      };
    }
    case "colour": {
      const { bands, range } = meaning;
      const rows = ["red", "green", "blue"].map((name, index) =>
        `<rect y="${24 + index * ROW}" width="20" height="13" fill="${
          ["#c83232", "#32a032", "#3250c8"][index]
        }"/><text x="28" y="${35 + index * ROW}">${xmlText(bands[index] ?? name, 16)}</text>`
      );
      const said = range === undefined
        ? ""
        : `<text class="m" y="${40 + 3 * ROW}">${
          xmlText(`${formatNumber(range[0])} to ${formatNumber(range[1])}`, MOST_TEXT)
        }</text>`;
      return {
        svg: `<text class="b" y="12">colours</text>${rows.join("")}${said}`,
        height: 24 + 3 * ROW + (range === undefined ? 0 : 20),
      };
    }
    case "classes": {
      const shown = meaning.classes.slice(0, MOST_CLASSES);
      const rows = shown.map(({ name, colour, share }, index) =>
        `<rect y="${24 + index * ROW}" width="20" height="13" fill="${
          cssOf(colour)
        }"/><text x="28" y="${35 + index * ROW}">${
          xmlText(name, 14)
        }</text><text class="r m" x="${WIDTH}" y="${35 + index * ROW}">${formatShare(share)}</text>`
      );
      const rest = meaning.classes.length - shown.length;
      const more = rest > 0
        ? `<text class="m" y="${35 + shown.length * ROW}">and ${rest} more</text>`
        : "";
      return {
        svg: `<text class="b" y="12">classes</text>${rows.join("")}${more}`,
        height: 30 + (shown.length + (rest > 0 ? 1 : 0)) * ROW,
      };
    }
  }
}

/** What the colours of a picture mean, in words. */
export function meaningWords(meaning: Meaning): string {
  switch (meaning.kind) {
    case "empty":
      return "no values anywhere";
    case "values": {
      const { band, range: [low, high], statistics: { least, most } } = meaning;
      return `${band} from ${formatNumber(least)} to ${formatNumber(most)}, coloured from ${
        formatNumber(low)
      } to ${formatNumber(high)}`;
    }
    case "colour":
      return `${meaning.bands.join(", ")} as red, green, blue`;
    case "classes":
      return meaning.classes.slice(0, MOST_CLASSES)
        .map(({ name, share }) => `${name} ${formatShare(share)}`).join(", ");
  }
}

/** A value in as many digits as tell something. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return value.toExponential(2).replace("e+", "e");
  return String(Number(value.toFixed(size >= 100 ? 0 : size >= 1 ? 2 : 3)));
}

function formatShare(share: number): string {
  return share < 0.005 ? "< 1 %" : `${Math.round(share * 100)} %`;
}
