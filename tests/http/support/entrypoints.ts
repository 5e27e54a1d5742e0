import * as auth from "../../../src/auth/mod.ts";
import * as catalogue from "../../../src/catalogue/mod.ts";
import * as ledger from "../../../src/ledger/mod.ts";
import * as results from "../../../src/results/mod.ts";

/** The entrypoints beside `mod.ts` by which work is done in somebody's name. */
export const ENTRYPOINTS = { auth, catalogue, ledger, results } as const;

/** The public functions of those, as `auth.signIn`, and what the catalogue of the package can do. */
export const FUNCTIONS: ReadonlyMap<string, (...given: readonly unknown[]) => unknown> = new Map(
  [...Object.entries(ENTRYPOINTS), ["catalogue.catalogue", catalogue.catalogue] as const]
    .flatMap(([room, values]) =>
      Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
        typeof value === "function" && /^[a-z]/.test(name)
          ? [
            [
              `${room}.${name}`,
              (...given: readonly unknown[]): unknown => Reflect.apply(value, values, given),
            ] as const,
          ]
          : []
      )
    ),
);

/** Calls one of them with whatever is given; a token function that it makes is called too. */
export async function attempt(name: string, given: readonly unknown[]): Promise<unknown> {
  const made: unknown = await FUNCTIONS.get(name)?.(...given);
  return typeof made === "function" ? await made() : made;
}
