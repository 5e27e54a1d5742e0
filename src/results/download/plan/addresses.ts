import type { Clock } from "../../../core/clock.ts";
import type { Collection } from "../../../models/stac/stac.ts";
import { ResultsError } from "../../results_error.ts";
import type { PlannedFile } from "./plan.ts";

/** How addresses are renewed. */
export interface AddressesOptions {
  /** Asks for the results again; nothing where nobody can be asked. */
  readonly ask: (() => PromiseLike<Collection | null>) | undefined;
  /** What tells the time. */
  readonly clock: Clock;
  /** Turns an address that cannot be fetched into one that can. */
  readonly resolve: ((address: string) => string | URL | undefined) | undefined;
}

/** How often results may be asked for again, in milliseconds. */
const ONCE_IN = 600_000;

/**
 * The addresses of the files of one result. They end after some days; asking for the results again gives new ones. All
 * files share what was asked, and nobody asks more than once in ten minutes.
 */
export function createAddresses(
  { ask, clock, resolve }: AddressesOptions,
): (file: PlannedFile, ended?: string) => Promise<string> {
  let renewed: { readonly at: number; readonly results: Promise<Collection | null> } | undefined;
  const addressIn = async (file: PlannedFile) => {
    const href = (await renewed?.results)?.assets?.[file.key]?.href;
    const resolved = href === undefined ? undefined : resolve?.(href) ?? href;
    return resolved === undefined ? undefined : String(resolved);
  };
  return async (file, ended) => {
    let before: typeof renewed;
    let current: string;
    do {
      // Another file may have asked meanwhile.
      before = renewed;
      current = await addressIn(file) ?? file.address;
    } while (before !== renewed);
    if (ended === undefined || current !== ended) return current;
    const mayAsk = renewed === undefined || clock.now() - renewed.at >= ONCE_IN;
    if (ask === undefined || !mayAsk) {
      throw new ResultsError(
        `Cannot download ${file.name}: its address has ended${
          ask === undefined ? "" : ", and so has the one that was asked for just now"
        }\n  What to do: ${
          ask === undefined
            ? "ask for the results again, and give the job instead of the results: then it is done by itself"
            : "wait ten minutes and call again: it goes on where it stopped"
        }`,
        { reason: "expired" },
      );
    }
    renewed = { at: clock.now(), results: Promise.resolve(ask()) };
    return await addressIn(file) ?? file.address;
  };
}
