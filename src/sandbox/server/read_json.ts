/**
 * Reads JSON as Python does, which takes `NaN` and infinities for numbers. All of them come out as
 * infinite: the service turns each into null, and so does `JSON.stringify`.
 *
 * @throws {SyntaxError} if the text is no JSON.
 */
export function readJson(text: string): unknown {
  return JSON.parse(
    text.replaceAll(
      /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/gs,
      (token) => token.startsWith('"') ? token : "1e999",
    ),
  );
}
