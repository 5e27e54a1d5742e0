import type { Sandbox } from "../../../src/sandbox/mod.ts";
import { at } from "../support.ts";

/** The path below which Keycloak's endpoints are. */
export const CONNECT = "protocol/openid-connect";

/** What an endpoint of the provider answered. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Sends a form to an endpoint of the sandbox's provider. */
export async function post(
  { issuer, clientId }: Sandbox,
  path: string,
  form: Record<string, string> = {},
): Promise<Reply> {
  const body = new URLSearchParams({ client_id: clientId, ...form });
  const response = await fetch(`${issuer}/${CONNECT}/${path}`, { method: "POST", body });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

/** Signs a device in, and gives what the token endpoint handed out. */
export async function signIn(sandbox: Sandbox, scope = "openid offline_access"): Promise<unknown> {
  const device = await post(sandbox, "auth/device", { scope });
  sandbox.identity.approve(String(at(device.body, "user_code")));
  return (await poll(sandbox, device.body)).body;
}

/** Asks for the tokens of a device. */
export async function poll(sandbox: Sandbox, device: unknown): Promise<Reply> {
  return await post(sandbox, "token", {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: String(at(device, "device_code")),
  });
}

/** Asks for new tokens. */
export async function refresh(sandbox: Sandbox, token: unknown): Promise<Reply> {
  return await post(sandbox, "token", {
    grant_type: "refresh_token",
    refresh_token: String(token),
  });
}

/** The code of a refusal, and what it says. */
export function refusal({ status, body }: Reply): unknown[] {
  return [status, at(body, "error"), at(body, "error_description")];
}
