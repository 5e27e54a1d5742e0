/** A checksum as STAC's file extension writes it, taken apart. */
export interface Checksum {
  /** What it is called. */
  readonly name: "sha2-256" | "sha1" | "md5";
  /** What `node:crypto` calls it. */
  readonly algorithm: "sha256" | "sha1" | "md5";
  /** The digest in hexadecimal digits. */
  readonly digest: string;
}

/** The codes of multihash (https://github.com/multiformats/multicodec) that can be checked, with their lengths. */
const ALGORITHMS = [
  { prefix: "1220", name: "sha2-256", algorithm: "sha256", digits: 64 },
  { prefix: "1114", name: "sha1", algorithm: "sha1", digits: 40 },
  { prefix: "d50110", name: "md5", algorithm: "md5", digits: 32 },
] as const;

/**
 * Reads `file:checksum`, a multihash in hexadecimal digits; nothing of one that cannot be checked.
 *
 * @example
 * ```ts
 * import { readChecksum } from "./checksum.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readChecksum(`d50110${"0".repeat(32)}`)?.name, "md5");
 * assertEquals(readChecksum("90e40210a1"), undefined);
 * ```
 */
export function readChecksum(value: unknown): Checksum | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.toLowerCase();
  for (const { prefix, name, algorithm, digits } of ALGORITHMS) {
    const digest = text.slice(prefix.length);
    if (text.startsWith(prefix) && digest.length === digits && /^[0-9a-f]+$/.test(digest)) {
      return { name, algorithm, digest };
    }
  }
  return undefined;
}
