import { reachable } from "./reachable.ts";

/** Texts that hold a secret, each in a way of its own. */
export const TEXTS = [
  "https://me:s3cret@c.test/udp.json?api_key=s3cret&v=1",
  "https://openeo.test/jobs/j-1/results/assets/u-s3cret/f00-s3cret/openEO.tif?expires=1800000000",
  "https://s3.test/a.tif?X-Amz-Signature=s3cret&X-Amz-Credential=s3cret",
  "s3://AKEY:s3cret@bucket/key",
  "postgres://u:s3cret@host/db",
  "client_secret=s3cret&device_code=s3cret",
  '{"refresh_token":"s3cret","id_token":"s3cret"}',
  "Authorization: Bearer abc-s3cret-0123456789",
  `eyJhbGciOiJSUzI1NiJ9.${btoa("s3cret").replaceAll("=", "")}.s3cret`,
] as const;

/** What a value shows of itself: as text, in a console, in a notebook. */
export async function shownBy(value: unknown): Promise<string[]> {
  if (value instanceof Error) return [...reachable(value), Deno.inspect(value, { depth: 9 })];
  const show: unknown = Object(value)[Symbol.for("Jupyter.display")];
  const bundle: unknown = typeof show === "function" ? await show.call(value) : undefined;
  return [String(value), Deno.inspect(value), ...reachable(bundle)];
}
