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
