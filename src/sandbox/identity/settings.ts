/** How the identity provider behaves. */
export interface IdentitySettings {
  /** How long an access token holds, in milliseconds of the sandbox's clock. @default 300000 */
  readonly accessTokenLife?: number;
  /** How long a refresh token holds; `Infinity` for an offline session. @default Infinity */
  readonly refreshTokenLife?: number;
  /** How long a device code and a code hold. @default 600000 */
  readonly codeLife?: number;
  /** How many seconds a device has to wait between two polls. @default 5 */
  readonly interval?: number;
  /** Whether a refresh gives a new refresh token, and using an old one ends the session. @default true */
  readonly rotation?: boolean;
  /** Whether the answer to a refresh has a refresh token in it, without rotation. @default true */
  readonly repeatRefreshToken?: boolean;
  /** Whether the client may use the device grant. @default true */
  readonly deviceGrant?: boolean;
  /** Whether nobody has to press the button: what is asked for is approved at once. @default false */
  readonly approveAll?: boolean;
  /** An `aud` claim for every access token; the service then accepts none of them. @default none */
  readonly audience?: string | undefined;
  /** How far the provider's clock is ahead of the sandbox's, in milliseconds. @default 0 */
  readonly clockAhead?: number;
  /** Where codes may be sent to. @default ["http://localhost:8000/callback"] */
  readonly redirectUris?: readonly string[];
  /** What the discovery document calls the issuer. @default where it is */
  readonly claimedIssuer?: string | undefined;
}

/** Settings with every part of them. */
export type FullSettings = Required<IdentitySettings>;

/** A provider that behaves. */
export const DEFAULT_SETTINGS: FullSettings = {
  accessTokenLife: 300_000,
  refreshTokenLife: Infinity,
  codeLife: 600_000,
  interval: 5,
  rotation: true,
  repeatRefreshToken: true,
  deviceGrant: true,
  approveAll: false,
  audience: undefined,
  clockAhead: 0,
  redirectUris: ["http://localhost:8000/callback"],
  claimedIssuer: undefined,
};

/** The one client, which has no secret. */
export const CLIENT_ID = "apex-dispatcher-sandbox";

/** The client of those without a person, and its secret. */
export const CONFIDENTIAL_CLIENT_ID = "apex-dispatcher-sandbox-agent";

/** The secret of that client: it guards nothing. */
export const CLIENT_SECRET = "sandbox-secret";
