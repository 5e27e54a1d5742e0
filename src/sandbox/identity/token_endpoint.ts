import { challengeOf, type Provider, Refusal } from "./provider.ts";
import { CLIENT_ID, CLIENT_SECRET, CONFIDENTIAL_CLIENT_ID } from "./settings.ts";

/** What the token endpoint was sent. */
export type Form = URLSearchParams;

/** How many milliseconds a device that polls too fast has to wait longer (RFC 8628, section 3.5). */
const SLOWER = 5000;

/** Hands out tokens for whatever a client brings. */
export async function exchange(form: Form, provider: Provider): Promise<object> {
  const clientId = checkClient(form);
  switch (form.get("grant_type")) {
    case "urn:ietf:params:oauth:grant-type:device_code":
      return await fromDevice(form, provider);
    case "authorization_code":
      return await fromCode(form, provider);
    case "refresh_token":
      return await provider.refresh(form.get("refresh_token") ?? "", clientId);
    case "client_credentials":
      if (clientId !== CONFIDENTIAL_CLIENT_ID) {
        throw new Refusal(
          "unauthorized_client",
          "Client not enabled to retrieve service account",
          401,
        );
      }
      return await provider.begin({
        user: "agent",
        clientId,
        scope: form.get("scope") ?? "",
        refreshable: false,
      });
    default:
      throw new Refusal("unsupported_grant_type", "Unsupported grant_type");
  }
}

/** Lets a device begin: what it shows to its user, and what it polls with. */
export function authorizeDevice(form: Form, provider: Provider, issuer: string): object {
  const clientId = checkClient(form);
  const { settings, devices } = provider;
  if (!settings.deviceGrant) {
    throw new Refusal(
      "unauthorized_client",
      "Client is not allowed to initiate OAuth 2.0 Device Authorization Grant. The flow is disabled for the client.",
    );
  }
  const userCode = newUserCode();
  const deviceCode = `sandbox-device-${crypto.randomUUID()}`;
  devices.set(userCode, {
    clientId,
    deviceCode,
    scope: form.get("scope") ?? "openid",
    expires: provider.now() + settings.codeLife,
    interval: settings.interval * 1000,
    polled: -Infinity,
    answer: undefined,
  });
  return {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: `${issuer}/device`,
    verification_uri_complete: `${issuer}/device?user_code=${userCode}`,
    expires_in: Math.floor(settings.codeLife / 1000),
    interval: settings.interval,
  };
}

/** Refuses a client that is not known, or does not know its secret. */
export function checkClient(form: Form): string {
  const clientId = form.get("client_id") ?? "";
  const known = clientId === CLIENT_ID ||
    (clientId === CONFIDENTIAL_CLIENT_ID && form.get("client_secret") === CLIENT_SECRET);
  if (known) return clientId;
  throw new Refusal("invalid_client", "Invalid client or Invalid client credentials", 401);
}

async function fromDevice(form: Form, provider: Provider): Promise<object> {
  const { devices } = provider;
  const [userCode, request] =
    [...devices].find(([, { deviceCode }]) => deviceCode === form.get("device_code")) ?? [];
  if (userCode === undefined || request === undefined) {
    throw new Refusal("invalid_grant", "Device code not valid");
  }
  const now = provider.now();
  if (now >= request.expires) throw new Refusal("expired_token", "Device code is expired");
  const early = now - request.polled < request.interval;
  request.polled = now;
  if (early) {
    request.interval += SLOWER;
    throw new Refusal("slow_down", "Slow down");
  }
  if (request.answer === "denied") {
    devices.delete(userCode);
    throw new Refusal("access_denied", "The end user denied the authorization request");
  }
  const user = request.answer ?? (provider.settings.approveAll ? provider.user : undefined);
  if (user === undefined) {
    throw new Refusal("authorization_pending", "The authorization request is still pending");
  }
  devices.delete(userCode);
  return await provider.begin({ user, clientId: request.clientId, scope: request.scope });
}

async function fromCode(form: Form, provider: Provider): Promise<object> {
  const code = form.get("code") ?? "";
  const request = provider.codes.get(code);
  provider.codes.delete(code);
  if (request?.answer === undefined || provider.now() >= request.expires) {
    throw new Refusal("invalid_grant", "Code not valid");
  }
  if (request.redirectUri !== form.get("redirect_uri")) {
    throw new Refusal("invalid_grant", "Incorrect redirect_uri");
  }
  if (await challengeOf(form.get("code_verifier") ?? "") !== request.challenge) {
    throw new Refusal("invalid_grant", "PKCE verification failed: Code mismatch");
  }
  const { answer: user, clientId, scope, nonce } = request;
  return await provider.begin({ user, clientId, scope, nonce });
}

/** Eight letters that cannot be mistaken for each other. */
function newUserCode(): string {
  const letters = "BCDFGHJKLMNPQRSTVWXZ";
  const code = Array.from(
    crypto.getRandomValues(new Uint8Array(8)),
    (byte) => letters[byte % letters.length],
  ).join("");
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
