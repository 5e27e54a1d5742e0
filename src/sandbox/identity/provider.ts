import type { Clock } from "../../core/waiting.ts";
import type { TokenBook } from "../service/auth.ts";
import { DEFAULT_SETTINGS, type FullSettings, type IdentitySettings } from "./settings.ts";

/** What signs tokens, and the public half that tells whether a signature is genuine. */
interface Signer {
  /** The public key as a JSON Web Key Set. */
  keys(): Promise<object>;
  /** Claims as a signed token (RFC 7519, RS256). */
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** A signer with a key of its own, which is made when it is needed first. */
export function signer(): Signer {
  let pair: Promise<CryptoKeyPair> | undefined;
  const keyId = crypto.randomUUID();
  const make = () =>
    pair ??= crypto.subtle.generateKey(
      { ...ALGORITHM, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ["sign", "verify"],
    );
  return {
    async keys() {
      const { n, e } = await crypto.subtle.exportKey("jwk", (await make()).publicKey);
      return { keys: [{ kid: keyId, kty: "RSA", alg: "RS256", use: "sig", n, e }] };
    },
    async sign(claims) {
      const { privateKey } = await make();
      const head = encode(JSON.stringify({ alg: "RS256", typ: "JWT", kid: keyId }));
      const text = `${head}.${encode(JSON.stringify(claims))}`;
      const signature = await crypto.subtle.sign(ALGORITHM, privateKey, bytesOf(text));
      return `${text}.${encode(new Uint8Array(signature))}`;
    },
  };
}

/** The challenge that belongs to a code verifier (RFC 7636, S256). */
export async function challengeOf(verifier: string): Promise<string> {
  return encode(new Uint8Array(await crypto.subtle.digest("SHA-256", bytesOf(verifier))));
}

function encode(value: string | Uint8Array<ArrayBuffer>): string {
  const bytes = typeof value === "string" ? bytesOf(value) : value;
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** A refusal of the provider (RFC 6749, section 5.2). */
export class Refusal extends Error {
  override name = "Refusal";
  /** The code, such as `invalid_grant`. */
  readonly code: string;
  /** The HTTP status. */
  readonly status: number;

  /** Refuses with a code, a sentence and a status. */
  constructor(code: string, description: string, status = 400) {
    super(description);
    this.code = code;
    this.status = status;
  }
}

/** What a user was asked to approve. */
export interface Approval {
  /** Who asks. */
  readonly clientId: string;
  readonly scope: string;
  /** Until when it can be approved and redeemed, in milliseconds since 1970. */
  readonly expires: number;
  /** The user who approved, `"denied"`, or nobody yet. */
  answer: string | "denied" | undefined;
}

/** What a device asked for. */
export interface DeviceRequest extends Approval {
  /** What the device polls with. */
  readonly deviceCode: string;
  /** The pause that it has to keep, in milliseconds. */
  interval: number;
  /** When it polled last. */
  polled: number;
}

/** What a browser was sent with, and what the code that it brings back is good for. */
export interface CodeRequest extends Approval {
  /** Where the code goes. */
  readonly redirectUri: string;
  /** The challenge that the verifier has to fit (RFC 7636). */
  readonly challenge: string;
  /** What the client gave to know its own again. */
  readonly nonce: string | undefined;
}

/** A user's session, which refresh tokens prolong. */
interface Session {
  readonly user: string;
  readonly clientId: string;
  readonly scope: string;
  /** The refresh token that is good at present. */
  refreshToken: string | undefined;
  expires: number;
  ended: boolean;
}

/** The provider behind its pages and endpoints. */
export interface Provider {
  /** Who presses the button on its pages. */
  readonly user: string;
  /** How it behaves at present. */
  readonly settings: FullSettings;
  /** What signs its tokens. */
  readonly signer: Signer;
  /** Requests of devices by user code. */
  readonly devices: Map<string, DeviceRequest>;
  /** Requests of browsers by code. */
  readonly codes: Map<string, CodeRequest>;
  /** The time as it sees it. */
  now(): number;
  /** Changes how it behaves. */
  configure(settings: IdentitySettings): void;
  /** Starts a session and hands out its first tokens. */
  begin(session: BeginOptions): Promise<object>;
  /** Hands out new tokens for a refresh token. */
  refresh(token: string, clientId: string): Promise<object>;
  /** Ends the session that a refresh token belongs to; nothing if there is none. */
  revoke(token: string): void;
  /** Ends every session of one user, or of all. */
  endSessions(of?: string): void;
}

/** What a session begins with. */
export interface BeginOptions {
  /** Whose it is. */
  readonly user: string;
  /** Whom the tokens are for. */
  readonly clientId: string;
  readonly scope: string;
  /** Goes into the identity token as it came. */
  readonly nonce?: string | undefined;
  /** Whether there is a refresh token. @default true */
  readonly refreshable?: boolean;
}

/** A provider whose access tokens the service accepts. */
export function identityProvider({ user, clock, tokens, issuer }: {
  readonly user: string;
  readonly clock: Clock;
  readonly tokens: TokenBook;
  readonly issuer: () => string;
}): Provider {
  let settings: FullSettings = DEFAULT_SETTINGS;
  const keys = signer();
  const sessions = new Map<string, Session>();
  const now = () => clock.now() + settings.clockAhead;

  /** The tokens of a session as the token endpoint hands them out. */
  async function handOut(session: Session, nonce?: string): Promise<object> {
    const { accessTokenLife, audience } = settings;
    const issued = Math.floor(now() / 1000);
    const claims = {
      iss: issuer(),
      sub: session.user,
      azp: session.clientId,
      iat: issued,
      exp: issued + Math.floor(accessTokenLife / 1000),
      jti: crypto.randomUUID(),
      preferred_username: session.user,
      scope: session.scope,
    };
    const accessToken = await keys.sign({
      ...claims,
      typ: "Bearer",
      ...(audience !== undefined && { aud: audience }),
    });
    // The service refuses every token with an audience.
    if (audience === undefined) {
      tokens.admit(accessToken, session.user, clock.now() + accessTokenLife);
    }
    const left = session.expires - now();
    return {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: Math.floor(accessTokenLife / 1000),
      scope: session.scope,
      ...(session.refreshToken !== undefined && {
        refresh_token: session.refreshToken,
        refresh_expires_in: left === Infinity ? 0 : Math.floor(left / 1000),
      }),
      ...(session.scope.split(" ").includes("openid") && {
        id_token: await keys.sign({ ...claims, typ: "ID", aud: session.clientId, nonce }),
      }),
    };
  }

  function renew(session: Session): void {
    session.refreshToken = `sandbox-refresh-${crypto.randomUUID()}`;
    session.expires = now() + settings.refreshTokenLife;
    sessions.set(session.refreshToken, session);
  }

  return {
    user,
    get settings() {
      return settings;
    },
    signer: keys,
    devices: new Map(),
    codes: new Map(),
    now,
    configure(changes) {
      settings = { ...settings, ...changes };
    },
    async begin({ refreshable = true, nonce, ...who }) {
      const session: Session = { ...who, refreshToken: undefined, expires: Infinity, ended: false };
      if (refreshable) renew(session);
      return await handOut(session, nonce);
    },
    async refresh(token, clientId) {
      const session = sessions.get(token);
      if (session === undefined || session.clientId !== clientId) {
        throw new Refusal("invalid_grant", "Invalid refresh token");
      }
      if (session.ended) throw new Refusal("invalid_grant", "Session not active");
      if (now() >= session.expires) throw new Refusal("invalid_grant", "Token is not active");
      if (session.refreshToken !== token) {
        session.ended = true;
        throw new Refusal("invalid_grant", "Maximum allowed refresh token reuse exceeded");
      }
      const { rotation, repeatRefreshToken } = settings;
      if (rotation) renew(session);
      const answer = await handOut(session);
      if (rotation || repeatRefreshToken) return answer;
      return Object.fromEntries(
        Object.entries(answer).filter(([key]) => !key.startsWith("refresh_")),
      );
    },
    revoke(token) {
      const session = sessions.get(token);
      if (session !== undefined) session.ended = true;
    },
    endSessions(of) {
      for (const session of sessions.values()) {
        if (of === undefined || session.user === of) session.ended = true;
      }
    },
  };
}
