/** A colour: red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A range of values, and what colour each has. */
export type Palette = (value: number) => Colour;

/** A row of colours from the least value to the greatest; `red-blue` is for values about zero. */
export type PaletteName = "viridis" | "magma" | "greens" | "blues" | "greys" | "red-blue";

/** Ten stops of each, from the least to the greatest value. */
const RAMPS: Readonly<Record<PaletteName, string>> = {
  viridis: "440154 482878 3e4989 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725",
  magma: "000004 180f3d 440f76 721f81 9e2f7f cd4071 f1605d fd9668 feca8d fcfdbf",
  greens: "f7fcf5 e8f6e4 d3eecd b7e2b1 97d494 73c476 4bb062 2f984f 157f3b 00441b",
  blues: "f7fbff e3eef9 cfe1f2 b5d4e9 93c3df 6daed5 4b97c9 2f7ebc 1864aa 08306b",
  greys: "ffffff f4f4f4 e4e4e4 d1d1d1 b5b5b5 959595 757575 5c5c5c 393939 000000",
  "red-blue": "67001f b2182b d6604d f4a582 fddbc7 d1e5f0 92c5de 4393c3 2166ac 053061",
};

/** The palettes that there are. */
export const PALETTES: readonly PaletteName[] = [
  "viridis",
  "magma",
  "greens",
  "blues",
  "greys",
  "red-blue",
];

/** The colours of a palette for values from 0 to 1; what is beyond has the colour of the end. */
export function paletteOf(name: PaletteName): Palette {
  const stops = RAMPS[name].split(" ").map(colourOf);
  return (value) => {
    const at = Math.max(0, Math.min(1, value)) * (stops.length - 1);
    const low = stops[Math.floor(at)] ?? [0, 0, 0];
    const high = stops[Math.min(stops.length - 1, Math.floor(at) + 1)] ?? low;
    const part = at - Math.floor(at);
    const mix = (index: 0 | 1 | 2) => Math.round(low[index] + (high[index] - low[index]) * part);
    return [mix(0), mix(1), mix(2)];
  };
}

/** A colour of six hexadecimal digits. */
function colourOf(digits: string): Colour {
  const part = (at: number) => parseInt(digits.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

/** A colour as CSS writes it. */
export function cssOf(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
