import type { BaseDecoder, GeoTIFFImage, Pool } from "geotiff";
import { formatBytes } from "../../core/units.ts";
import { ResultsError } from "../results_error.ts";
import { inflateWithin, openZstd, type Unpacked } from "../unpack/decompress.ts";
import { openLerc } from "../unpack/lerc.ts";
import { lzwWithin, packbitsWithin } from "../unpack/tiff_codecs.ts";

/** How much more than it should may come out of a tile: some writers fill up. */
const SLACK = 65_536;

/** No tile is larger: one that says so is broken, or means harm. */
const MOST_TILE = 1_073_741_824;

/** What TIFF calls the packings, and what is read here. */
const PACKINGS: Readonly<Record<number, string>> = {
  1: "none",
  5: "LZW",
  7: "JPEG",
  8: "DEFLATE",
  32_946: "DEFLATE",
  32_773: "PackBits",
  34_887: "LERC",
  50_000: "ZSTD",
};

/** The packings that no decoder is there for, by their numbers in TIFF. */
const UNREADABLE: Readonly<Record<number, string>> = {
  2: "CCITT RLE",
  3: "CCITT fax 3",
  4: "CCITT fax 4",
  6: "JPEG of the old kind",
  34_661: "JBIG",
  34_712: "JPEG 2000",
  34_925: "LZMA",
  34_926: "ZSTD of the old kind",
  50_001: "WEBP",
  50_002: "JPEG XL",
  52_546: "JPEG XL",
};

/** Refuses a raster whose packing or numbers nobody can read here, and names them. */
export function refuseUnreadable(image: GeoTIFFImage): void {
  const compression = Number(image.fileDirectory.getValue("Compression") ?? 1);
  if (PACKINGS[compression] === undefined) {
    throw new ResultsError(
      `Cannot show the raster: it is packed with ${
        UNREADABLE[compression] ?? `a method that is not known here (${compression})`
      }, which cannot be read here\n` +
        "  What to do: download it and open it with another program, or ask for DEFLATE or LZW",
      { reason: "unsupported" },
    );
  }
  const format = image.getSampleFormat(0), bits = image.getBitsPerSample(0);
  const what = format === 5 || format === 6
    ? "complex numbers"
    : format !== 3 && bits > 32
    ? `whole numbers of ${bits} bits`
    : undefined;
  if (what !== undefined) {
    throw new ResultsError(
      `Cannot show the raster: its values are ${what}, which cannot be drawn\n` +
        "  What to do: download it, and make numbers of them that can (gdal_translate -ot Float32)",
      { reason: "unsupported" },
    );
  }
}

type Unpack = (packed: ArrayBuffer) => Unpacked | Promise<Unpacked>;

/** TIFF's number for tiles that hold the difference of each number from the one before. */
const HORIZONTAL = 2;

/** What unpacks the tiles of a raster: each within the size of a tile, whatever it says of itself. */
export async function decodingOf(image: GeoTIFFImage): Promise<{ readonly pool: Pool }> {
  const { BaseDecoder: Decoder, Pool: Decoders } = await import("geotiff");
  const size = image.getTileWidth() * image.getTileHeight() * image.getBytesPerPixel();
  if (!(size > 0 && size <= MOST_TILE)) {
    throw new ResultsError(
      `Cannot show the raster: a tile of it would have ${formatBytes(size)}, more than fits here`,
      { reason: "too-large" },
    );
  }
  const bytes = image.getBitsPerSample(0) / 8;
  const predictor: unknown = await image.fileDirectory.loadValue("Predictor");
  const isSwapped = !image.littleEndian && predictor === HORIZONTAL;
  const bind = (_: number, parameters: BaseDecoder["parameters"]) => {
    const unpack = unpackerOf(image, parameters, size + SLACK);
    const decoder = Object.assign(new Decoder(parameters), {
      async decodeBlock(packed: ArrayBuffer) {
        const tile = await (await unpack)(packed);
        if (typeof tile === "string") throw wrongTile(tile);
        // Differences are of numbers, and all are taken for those of this machine.
        if (isSwapped) swap(tile, bytes);
        return tile.byteLength === tile.buffer.byteLength ? tile.buffer : tile.slice().buffer;
      },
    });
    return {
      async decode(packed: ArrayBuffer) {
        const tile = await decoder.decode(packed);
        if (isSwapped) swap(new Uint8Array(tile), bytes);
        return tile;
      },
    };
  };
  return { pool: Object.assign(new Decoders(0), { bindParameters: bind }) };
}

async function unpackerOf(
  image: GeoTIFFImage,
  parameters: BaseDecoder["parameters"],
  most: number,
): Promise<Unpack> {
  const compression = Number(image.fileDirectory.getValue("Compression") ?? 1);
  switch (PACKINGS[compression]) {
    case "DEFLATE":
      return (packed) => inflateWithin(new Uint8Array(packed), most);
    case "LZW":
      return (packed) => lzwWithin(new Uint8Array(packed), most);
    case "PackBits":
      return (packed) => packbitsWithin(new Uint8Array(packed), most);
    case "ZSTD": {
      const zstd = await openZstd();
      return (packed) => zstd(new Uint8Array(packed), most);
    }
    case "LERC":
      return await lercOf(image, most);
    case "JPEG": {
      const { getDecoder } = await import("geotiff");
      const decoder = await getDecoder(compression, { ...parameters, predictor: 1 });
      return async (packed) =>
        isLargeJpeg(new Uint8Array(packed), image)
          ? "large"
          : new Uint8Array(new Uint8Array(await decoder.decode(packed)));
    }
    default:
      return (packed) => new Uint8Array(packed);
  }
}

/** LERC may be packed once more: which way stands in a tag of its own. */
async function lercOf(image: GeoTIFFImage, most: number): Promise<Unpack> {
  const lerc = await openLerc(), zstd = await openZstd();
  const told: unknown = await image.fileDirectory.loadValue("LercParameters");
  const [, again]: unknown[] = ArrayBuffer.isView(told) || Array.isArray(told)
    ? Object.values(told)
    : [];
  const isInterleaved = image.planarConfiguration === 1;
  const block = {
    width: image.getTileWidth(),
    height: image.getTileHeight(),
    samples: isInterleaved ? image.getSamplesPerPixel() : 1,
    interleaved: isInterleaved,
  };
  return (packed) => {
    const bytes = new Uint8Array(packed);
    const blob = again === 1 ? inflateWithin(bytes, most) : again === 2 ? zstd(bytes, most) : bytes;
    return typeof blob === "string" ? blob : lerc(blob, block);
  };
}

/** Whether a picture says that it is larger than a tile: its frame header comes before its pixels (ITU T.81, B.2.2). */
function isLargeJpeg(bytes: Uint8Array, image: GeoTIFFImage): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return view.getUint16(at + 5) > image.getTileHeight() ||
        view.getUint16(at + 7) > image.getTileWidth();
    }
    at += 2 + view.getUint16(at + 2);
  }
  return false;
}

/** Turns round the bytes of each number. */
function swap(tile: Uint8Array, bytes: number): void {
  for (let at = 0; at + bytes <= tile.length; at += bytes) {
    tile.subarray(at, at + bytes).reverse();
  }
}

function wrongTile(how: "large" | "broken"): ResultsError {
  return new ResultsError(
    how === "large"
      ? "Cannot read the raster: a tile of it unpacks to more than a tile has: it is broken, or means harm"
      : "Cannot read the raster: a tile of it cannot be unpacked: it is broken",
    { reason: "invalid" },
  );
}
