import { escapeHtml } from "../../core/text.ts";
import { type Answer, jsonAnswer, rawAnswer } from "../server/answers.ts";
import type { Call, Handler, Route } from "../server/handler.ts";
import { bearerToken } from "../service/auth.ts";
import type { World } from "../service/world.ts";
import { type CodeRequest, Refusal } from "./provider.ts";
import { CLIENT_ID } from "./settings.ts";
import { authorizeDevice, checkClient, exchange, type Form } from "./token_endpoint.ts";

/** A page with one button, which approves. */
export function approvalPage(
  { user, clientId, code, fields }: {
    readonly user: string;
    readonly clientId: string;
    /** The code to compare with what the device shows; none in a browser of one's own. */
    readonly code?: string;
    /** What the button sends. */
    readonly fields: Readonly<Record<string, string>>;
  },
): Answer {
  const inputs = Object.entries(fields).map(([name, value]) =>
    `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`
  );
  return page(
    200,
    `<h1>Sign in to the sandbox</h1>
<p><b>${escapeHtml(clientId)}</b> asks for access as <b>${escapeHtml(user)}</b>.</p>
${code === undefined ? "" : `<p>Compare the code: <b>${escapeHtml(code)}</b></p>`}
<form method="post">${inputs.join("")}<button type="submit">Approve</button></form>`,
  );
}

/** A page that says one thing. */
export function messagePage(status: number, title: string, text: string): Answer {
  return page(status, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>`);
}

/** The page that asks for the code of a device. */
export function codePage(): Answer {
  return page(
    200,
    `<h1>Sign in to the sandbox</h1>
<form method="get"><label>The code that your device shows
<input name="user_code" autocomplete="off" required></label> <button type="submit">Go on</button></form>`,
  );
}

function page(status: number, body: string): Answer {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sandbox sign-in</title>
<meta name="viewport" content="width=device-width"></head>
<body style="font:16px sans-serif;max-width:32em;margin:4em auto;padding:0 1em">
${body}
</body></html>
`;
  return {
    ...rawAnswer(status, html, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    }),
    bare: true,
  };
}

const BASE = "/sandbox/identity";
const CONNECT = `${BASE}/protocol/openid-connect`;

/** The identity provider, at the paths that Keycloak has. */
export const identityRoutes: readonly Route[] = [
  route("GET", `${BASE}/.well-known/openid-configuration`, "identity.discovery", discovery),
  route(
    "GET",
    `${CONNECT}/certs`,
    "identity.keys",
    async (_call, { identity }) => jsonAnswer(200, await identity.signer.keys()),
  ),
  route(
    "POST",
    `${CONNECT}/auth/device`,
    "identity.device",
    async (call, world) =>
      jsonAnswer(200, authorizeDevice(await formOf(call), world.identity, world.issuer())),
  ),
  route(
    "POST",
    `${CONNECT}/token`,
    "identity.token",
    async (call, { identity }) =>
      jsonAnswer(200, await exchange(await formOf(call), identity), {
        "cache-control": "no-store",
      }),
  ),
  route("POST", `${CONNECT}/revoke`, "identity.revoke", async (call, { identity }) => {
    const form = await formOf(call);
    checkClient(form);
    identity.revoke(form.get("token") ?? "");
    return rawAnswer(200, null);
  }),
  route("POST", `${CONNECT}/logout`, "identity.logout", async (call, { identity }) => {
    const form = await formOf(call);
    identity.revoke(form.get("refresh_token") ?? "");
    return rawAnswer(204, null);
  }),
  route("GET", `${CONNECT}/userinfo`, "identity.userinfo", ({ request }, { tokens, clock }) => {
    const token = bearerToken(request.headers.get("authorization")) ?? "";
    const user = tokens.userAt(token, clock.now());
    if (user === undefined) throw new Refusal("invalid_token", "Token verification failed", 401);
    return jsonAnswer(200, { sub: user, preferred_username: user });
  }),
  route("GET", `${BASE}/device`, "identity.page", showDevice),
  route("POST", `${BASE}/device`, "identity.page", approveDevice),
  route("GET", `${CONNECT}/auth`, "identity.page", showCode),
  route("POST", `${CONNECT}/auth`, "identity.page", approveCode),
];

function route(method: "GET" | "POST", path: string, target: string, run: Handler): Route {
  return {
    method,
    path,
    target,
    async run(call, world) {
      try {
        return { ...await run(call, world), bare: true };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { code, message, status } = error;
        return { ...jsonAnswer(status, { error: code, error_description: message }), bare: true };
      }
    },
  };
}

async function formOf({ request }: Call): Promise<Form> {
  return new URLSearchParams(await request.text());
}

function discovery(_call: Call, { issuer, identity: { settings } }: World): Answer {
  const base = issuer();
  const connect = `${base}/protocol/openid-connect`;
  return jsonAnswer(200, {
    issuer: settings.claimedIssuer ?? base,
    authorization_endpoint: `${connect}/auth`,
    device_authorization_endpoint: `${connect}/auth/device`,
    token_endpoint: `${connect}/token`,
    revocation_endpoint: `${connect}/revoke`,
    end_session_endpoint: `${connect}/logout`,
    userinfo_endpoint: `${connect}/userinfo`,
    jwks_uri: `${connect}/certs`,
    grant_types_supported: [
      "authorization_code",
      "refresh_token",
      "client_credentials",
      "urn:ietf:params:oauth:grant-type:device_code",
    ],
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "offline_access", "profile"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none", "client_secret_post"],
    authorization_response_iss_parameter_supported: true,
  });
}

function showDevice({ request }: Call, { identity }: World): Answer {
  const code = new URL(request.url).searchParams.get("user_code");
  if (code === null) return codePage();
  const userCode = normalised(code);
  const device = identity.devices.get(userCode);
  return device === undefined || identity.now() >= device.expires
    ? messagePage(400, "This code is not valid", "It may have expired: begin again on your device.")
    : approvalPage({
      user: identity.user,
      clientId: device.clientId,
      code: userCode,
      fields: { user_code: userCode },
    });
}

async function approveDevice(call: Call, { identity }: World): Promise<Answer> {
  const device = identity.devices.get(normalised((await formOf(call)).get("user_code") ?? ""));
  if (device === undefined || identity.now() >= device.expires) {
    return messagePage(
      400,
      "This code is not valid",
      "It may have expired: begin again on your device.",
    );
  }
  device.answer ??= identity.user;
  return messagePage(
    200,
    "You are signed in",
    "You can close this page and go back to your device.",
  );
}

/** A code as it was given out, however it was typed. */
function normalised(code: string): string {
  const letters = code.toUpperCase().replace(/[^A-Z]/g, "");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** Reads what a browser was sent with; a page that says what is wrong if it is not in order. */
function readCodeRequest(query: URLSearchParams, { identity }: World): CodeRequest | Answer {
  const { settings } = identity;
  const redirectUri = query.get("redirect_uri") ?? "";
  const challenge = query.get("code_challenge") ?? "";
  const clientId = query.get("client_id") ?? "";
  if (clientId !== CLIENT_ID) return messagePage(400, "We are sorry…", "Client not found.");
  if (!settings.redirectUris.includes(redirectUri)) {
    return messagePage(400, "We are sorry…", "Invalid parameter: redirect_uri");
  }
  if (challenge === "" || query.get("code_challenge_method") !== "S256") {
    return messagePage(400, "We are sorry…", "Missing parameter: code_challenge_method");
  }
  return {
    clientId,
    redirectUri,
    challenge,
    scope: query.get("scope") ?? "openid",
    nonce: query.get("nonce") ?? undefined,
    expires: identity.now() + settings.codeLife,
    answer: identity.user,
  };
}

async function showCode(call: Call, world: World): Promise<Answer> {
  const query = new URL(call.request.url).searchParams;
  const request = readCodeRequest(query, world);
  if ("status" in request) return request;
  return world.identity.settings.approveAll
    ? await approveCode(call, world)
    : approvalPage({ user: world.identity.user, clientId: request.clientId, fields: {} });
}

function approveCode({ request: { url } }: Call, world: World): Answer {
  const query = new URL(url).searchParams;
  const request = readCodeRequest(query, world);
  if ("status" in request) return request;
  const code = `sandbox-code-${crypto.randomUUID()}`;
  world.identity.codes.set(code, request);
  const target = new URL(request.redirectUri);
  target.searchParams.set("code", code);
  target.searchParams.set("iss", world.issuer());
  const state = query.get("state");
  if (state !== null) target.searchParams.set("state", state);
  return rawAnswer(302, null, { location: target.href });
}
