/** So many characters are made at once: as many as a call may have arguments. */
const CHUNK = 8192;

/** Bytes as Base64: `Uint8Array.prototype.toBase64` is younger than Node.js 24. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}
