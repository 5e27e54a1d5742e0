import { DispatchError } from "../../core/dispatch_error.ts";
import type { Provider } from "./provider.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  CONFIDENTIAL_CLIENT_ID,
  type IdentitySettings,
} from "./settings.ts";

/** The sandbox's identity provider, as whoever started it sees it. */
export interface SandboxIdentity {
  /** The client's id, which is public and has no secret. */
  readonly clientId: string;
  /** A client for those without a person: its id and its secret. */
  readonly agent: { readonly clientId: string; readonly clientSecret: string };
  /** The user codes that wait for somebody to approve them. */
  readonly waiting: readonly string[];
  /** Changes how it behaves from now on. */
  configure(settings: IdentitySettings): void;
  /** Approves what a device asked for, as its page's button does. */
  approve(userCode: string, options?: { readonly user?: string }): void;
  /** Denies it. */
  deny(userCode: string): void;
  /** Ends every session of a user, or of all: their refresh tokens are good for nothing. */
  endSessions(options?: { readonly user?: string }): void;
}

/** Makes what whoever started the sandbox holds of a provider. */
export function controlOf(provider: Provider): SandboxIdentity {
  function answer(userCode: string, user: string): void {
    const device = provider.devices.get(userCode);
    if (device === undefined) {
      throw new DispatchError(`Cannot answer for the user code ${userCode}: nobody asked with it`);
    }
    device.answer = user;
  }
  return {
    clientId: CLIENT_ID,
    agent: { clientId: CONFIDENTIAL_CLIENT_ID, clientSecret: CLIENT_SECRET },
    get waiting() {
      return [...provider.devices].flatMap(([code, { answer, expires }]) =>
        answer === undefined && provider.now() < expires ? [code] : []
      );
    },
    configure: provider.configure,
    approve: (userCode, { user = provider.user } = {}) => answer(userCode, user),
    deny: (userCode) => answer(userCode, "denied"),
    endSessions: ({ user } = {}) => provider.endSessions(user),
  };
}
