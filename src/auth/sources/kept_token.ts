import type { Clock } from "../../core/waiting.ts";
import type { TokenRequest } from "../../http/token/token.ts";
import { isFresh, type Tokens } from "../provider/tokens.ts";

/** A token function, as a client takes it: it keeps its token until it expires or is refused. */
export type TokenFunction = (request?: TokenRequest) => Promise<string>;

/** Makes a token function that keeps what it got; calls at the same time share one request. */
export function keptToken(ask: () => Promise<Tokens>, clock: Clock): TokenFunction {
  let tokens: Tokens | undefined;
  let pending: Promise<Tokens> | undefined;
  return async ({ rejected } = {}) => {
    const usable = tokens !== undefined && isFresh(tokens, clock.now()) &&
      tokens.accessToken !== rejected;
    if (tokens !== undefined && usable) return tokens.accessToken;
    pending ??= ask().finally(() => pending = undefined);
    tokens = await pending;
    return tokens.accessToken;
  };
}
