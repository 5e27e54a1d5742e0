import { isLoopback } from "../../http/attempt/loopback.ts";
import { escapeHtml } from "../../core/text.ts";
import { SignInError } from "../../http/token/sign_in_error.ts";
import type { Tokens } from "../provider/tokens.ts";
import type { FlowParts } from "./flow.ts";

/** What answers a browser. */
export interface Page {
  /** The HTTP status. */
  readonly status: number;
  /** What it says, in a line. */
  readonly title: string;
  /** What to do. */
  readonly text: string;
}

/** Somebody who waits for a browser. */
export interface Listener {
  /** Gives the port back, at once. */
  close(): Promise<void>;
}

/** Listens where a browser comes back to, and answers each address with a page. */
export type Listen = (redirectUri: URL, answer: (address: URL) => Page) => Promise<Listener>;

/**
 * Signs in with a browser on this machine, which comes back by itself (authorization code with PKCE, RFC 8252): whoever
 * else calls at that port is sent away, and the first answer that belongs to this sign-in ends the listening.
 *
 * @throws {SignInError} with the reason `port` if the port is taken.
 */
export async function browserFlow(
  { provider, scope, signal, show }: FlowParts,
  { redirectUri, listen }: { readonly redirectUri: string; readonly listen: Listen },
): Promise<Tokens> {
  const target = checkRedirect(redirectUri);
  const request = await provider.startCode({ scope, redirectUri, signal });
  const found = Promise.withResolvers<URL>();
  let taken = false;
  const onAbort = () => found.reject(signal.reason);
  found.promise.catch(() => {});
  signal.throwIfAborted();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const listener = await listen(target, (address) => {
      if (address.pathname !== target.pathname) return NOT_HERE;
      if (address.searchParams.get("state") !== request.state) return NOT_THIS;
      if (taken) return ONCE;
      taken = true;
      found.resolve(address);
      return address.searchParams.has("error") ? REFUSED : DONE;
    });
    let address: URL;
    try {
      await show({ kind: "browser", url: request.url });
      address = await found.promise;
    } finally {
      await listener.close();
    }
    return await provider.finishCode(request, address, { signal });
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

const DONE: Page = {
  status: 200,
  title: "You are signed in",
  text: "You can close this tab and go back to your notebook or terminal.",
};
const REFUSED: Page = {
  status: 200,
  title: "You are not signed in",
  text: "The sign-in was refused. You can close this tab; your notebook or terminal says why.",
};
const NOT_THIS: Page = {
  status: 400,
  title: "This belongs to another sign-in",
  text: "Open the link that your notebook or terminal shows now.",
};
const ONCE: Page = {
  status: 409,
  title: "This was taken already",
  text: "You can close this tab.",
};
const NOT_HERE: Page = { status: 404, title: "Nothing here", text: "You can close this tab." };

/** Listens on the loopback interface alone. */
export const listenOnLoopback: Listen = async (redirectUri, answer) => {
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => {
    const address = URL.parse(request.url ?? "/", redirectUri.origin);
    const page = address === null ? NOT_HERE : answer(address);
    response.writeHead(page.status, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      "referrer-policy": "no-referrer",
      connection: "close",
    });
    response.end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${
        escapeHtml(page.title)
      }</title>` +
        `<meta name="color-scheme" content="light dark"></head><body style="font:16px sans-serif;max-width:32em;margin:4em auto;padding:0 1em">` +
        `<h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.text)}</p></body></html>`,
    );
  });
  const port = Number(redirectUri.port || 80);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenFailure(error, redirectUri, port)));
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
};

function listenFailure(error: Error, { host }: URL, port: number): SignInError {
  const { code }: { code?: unknown } = Object(error);
  if (error.name === "NotCapable" || code === "ERR_ACCESS_DENIED") {
    return new SignInError(
      `Cannot wait for the browser: this program may not listen there: allow it (deno run --allow-net=${host},127.0.0.1:${port}), ` +
        'or use signIn({ flow: "device" }) or "paste"',
      { reason: "permission" },
    );
  }
  return new SignInError(
    `Cannot wait for the browser: port ${port} is ${
      code === "EADDRINUSE" ? "taken by another program" : `not to be had (${String(code)})`
    }: end what listens there, or use signIn({ flow: "device" }) or "paste"`,
    { reason: "port" },
  );
}

function checkRedirect(redirectUri: string): URL {
  const url = URL.parse(redirectUri);
  if (url?.protocol === "http:" && isLoopback(url.hostname)) return url;
  throw new SignInError(
    `Cannot wait for the browser at ${redirectUri}: it is not on this machine (option redirectUri): use signIn({ flow: "paste" })`,
    { reason: "flow" },
  );
}
