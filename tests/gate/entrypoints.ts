import * as z from "zod/mini";

/** A door of the package. */
export interface Entrypoint {
  /** What a user imports: `@apex-dispatch/client/sandbox`. */
  readonly name: string;
  /** Its file, from the root of the repository: `src/sandbox/mod.ts`. */
  readonly path: string;
}

/** The root of the repository. */
export const ROOT = new URL("../../", import.meta.url);

const configSchema = z.looseObject({
  name: z.string(),
  exports: z.record(z.string(), z.string()),
});

/** The doors of the package, as deno.json names them: whoever wants all of them asks here. */
export function entrypoints(): Entrypoint[] {
  const json: unknown = JSON.parse(Deno.readTextFileSync(new URL("deno.json", ROOT)));
  const { name, exports } = configSchema.parse(json);
  return Object.entries(exports).map(([key, path]) => ({
    name: name + key.slice(1),
    path: path.replace(/^\.\//, ""),
  }));
}
