import { formatInstant } from "../core/units.ts";
import { type Displayable, displayable } from "../display/render/displayable.ts";
import { code, type Line, muted, strong } from "../display/render/document.ts";
import { STATUS_COLORS } from "../map/status.ts";
import { environments } from "./sign_in_options.ts";

/** What a card tells of a session. */
export interface SignedIn {
  /** The sign-in service. */
  readonly issuer: string;
  readonly clientId: string;
  readonly user: string | undefined;
  /** When it ends. */
  readonly expires: Date | undefined;
  /** Whether it was ended here. */
  readonly signedOut: boolean;
}

/** Who is signed in, where and until when. */
export function sessionCard(
  session: SignedIn,
  service: string | undefined,
): Displayable {
  return displayable(() => {
    const { issuer, clientId, user, expires, signedOut } = session;
    const badge = signedOut
      ? { text: "■ signed out", badge: STATUS_COLORS.grey }
      : { text: "✓ signed in", badge: STATUS_COLORS.green };
    const until: Line = signedOut
      ? "ended by signOut()"
      : expires === undefined
      ? "until it is not used for a month, or signOut()"
      : [`until ${formatInstant(expires)}`, muted(", and longer each time it is used")];
    return [{
      kind: "fields",
      caption: [strong(user ?? "Sign-in"), "  ", badge, muted(`  ${environmentOf(issuer) ?? ""}`)],
      fields: [
        { label: "Service", lines: [service === undefined ? "not named" : code(service)] },
        { label: "Sign-in at", lines: [[code(issuer), muted(` as ${clientId}`)]] },
        { label: "Lasts", lines: [until] },
      ],
    }];
  });
}

/** The environment that an issuer belongs to. */
export function environmentOf(issuer: string): string | undefined {
  return Object.entries(environments).find(([, known]) => known.issuer === issuer)?.[0];
}
