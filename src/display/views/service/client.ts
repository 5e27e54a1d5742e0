import { formatInstant } from "../../../core/units.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, code, type Line, muted, strong } from "../../render/document.ts";

/** What a card tells of a client. */
export interface ClientFacts {
  /** The service's address. */
  readonly baseUrl: string;
  /** In whose name it acts. */
  readonly account: Account;
  /** What it can do: each call and what that is for. */
  readonly calls: readonly CallWords[];
}

/** In whose name a client acts, as far as that can be told without asking anybody. */
export type Account =
  | { readonly kind: "none" }
  | { readonly kind: "asked" }
  | {
    readonly kind: "token";
    readonly user: string | undefined;
    readonly expires: Date | undefined;
  };

/** A call as it is typed, and what it is for. */
export type CallWords = readonly [call: string, purpose: string];

/** A card of a client: where it leads, who is signed in, what it can do. */
export function clientCard({ baseUrl, account, calls }: ClientFacts): Displayable {
  return displayable(() => [{
    kind: "fields",
    caption: [strong("Dispatch client"), "  ", baseUrl],
    fields: [
      { label: "Signed in", lines: [accountLine(account)] },
      ...callFields(calls),
    ],
  }]);
}

/** A card of a part of a client: what it can do. */
export function resourceCard(name: string, calls: readonly CallWords[]): Displayable {
  return displayable((): readonly Block[] => [{
    kind: "fields",
    caption: strong(name),
    fields: callFields(calls),
  }]);
}

function callFields(calls: readonly CallWords[]) {
  return calls.map(([call, purpose]) => ({ label: call, lines: [purpose] }));
}

function accountLine(account: Account): Line {
  switch (account.kind) {
    case "none":
      return muted("nobody: these calls need no account");
    case "asked":
      return "by a function, which is asked for a token when one is needed";
    case "token": {
      const { user, expires } = account;
      const until = expires === undefined
        ? muted(" that does not say until when")
        : [muted(" until "), formatInstant(expires)];
      return [user === undefined ? "with a token" : code(user), ...[until].flat()];
    }
  }
}
