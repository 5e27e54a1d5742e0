import { didYouMean } from "../core/nearest.ts";
import { isObject } from "../core/objects.ts";
import { checkTimeout } from "../http/options.ts";
import { describeValue, ModelInvalidError } from "../models/schema/issue.ts";
import { checkOptions } from "../models/schema/options.ts";
import type { SignInPrompt } from "./prompt/prompt.ts";
import type { SignInStore } from "./store/store.ts";

/** A Dispatch service and the sign-in service that belongs to it. */
export interface Environment {
  /** The base URL of the Dispatch service. */
  readonly service: string;
  /** The issuer: where the sign-in service is, with a discovery document below it (OpenID Connect Discovery 1.0). */
  readonly issuer: string;
  /** The public client through which users sign in: it has no secret. */
  readonly clientId: string;
}

/** Which of the project's own services: the one for real work, or the one for trying things out. */
export type EnvironmentName = "production" | "development";

/**
 * The two environments of APEx Dispatch: the one place where they are named.
 *
 * @example
 * ```ts
 * import { environments } from "@apex-dispatch/client/auth";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(environments.production.service, "https://dispatch-api.apex.esa.int");
 * ```
 */
export const environments: Readonly<Record<EnvironmentName, Environment>> = {
  production: {
    service: "https://dispatch-api.apex.esa.int",
    issuer: "https://auth.apex.esa.int/realms/apex",
    clientId: "apex-dispatcher-api-prod",
  },
  development: {
    service: "https://dispatch-api.dev.apex.esa.int",
    issuer: "https://auth.dev.apex.esa.int/realms/apex",
    clientId: "apex-dispatcher-api-dev",
  },
};

/** Where a browser comes back to: what is registered for both clients. */
export const REDIRECT_URI = "http://localhost:8000/callback";

/** What is asked for: who the user is, and a session that outlives the browser's. */
export const SCOPE = "openid offline_access";

/** How somebody signs in. */
export type SignInFlow = "auto" | "device" | "browser" | "paste";

/** Options of {@linkcode signIn}. */
export interface SignInOptions {
  /** Where: names the service, its sign-in service and client. @default {"production"} */
  readonly environment?: EnvironmentName;
  /** Another sign-in service: an `https:` address with an OpenID Connect discovery document below it. @default the environment's */
  readonly issuer?: string;
  /** Another public client; ids are given out by APEx support. @default the environment's */
  readonly clientId?: string;
  /** The base URL of the Dispatch service that takes the tokens. @default the environment's, unless there is an `issuer` */
  readonly service?: string;
  /** What is asked for. @default {"openid offline_access"} */
  readonly scope?: string;
  /**
   * `device`: a code for a browser on any machine. `browser`: a browser on this machine, which comes back by itself.
   * `paste`: a browser anywhere, and the address at which it ends. `auto`: the first of these that can be done.
   *
   * @default {"auto"}
   */
  readonly flow?: SignInFlow;
  /** Where the browser comes back to, as it is registered for the client. @default {"http://localhost:8000/callback"} */
  readonly redirectUri?: string;
  /** Where the sign-in is kept for the next program: in a file of yours alone, nowhere, or where you say. @default {"file"} */
  readonly store?: "file" | "memory" | SignInStore;
  /** Whether to ask although a sign-in is kept: as another user, say. @default {false} */
  readonly fresh?: boolean;
  /** Ends it at once when it aborts, and rejects with its reason. */
  readonly signal?: AbortSignal;
  /** How long to wait for the user, in milliseconds; `null` for as long as it takes. @default {1800000} */
  readonly timeout?: number | null;
  /** Shows the prompt in a way of your own; for `paste` it hands back the address. @default in the cell, or in the terminal */
  readonly onPrompt?: (prompt: SignInPrompt) => void | string | Promise<void | string>;
}

/**
 * Refuses options that nobody knows, and values that would only show their fault when somebody has signed in already.
 *
 * @throws {ModelInvalidError} if there is one.
 */
export function checkSignInOptions(options: SignInOptions): void {
  checkOptions<SignInOptions>("Cannot sign in", options, {
    environment: ["production", "development"],
    issuer: "string",
    clientId: "string",
    service: "string",
    scope: "string",
    flow: ["auto", "device", "browser", "paste"],
    redirectUri: "string",
    store: "any",
    fresh: "boolean",
    signal: "signal",
    timeout: "any",
    onPrompt: "function",
  });
  const { clientId, store, timeout } = options;
  const refuse = (path: string, message: string): never => {
    throw new ModelInvalidError("Cannot sign in", { issues: [{ path, message }] });
  };
  if (clientId === "") refuse("clientId", "expected the id of a client, got an empty string");
  if (timeout !== undefined) checkTimeout(timeout, refuse);
  if (store !== undefined && store !== "file" && store !== "memory" && !isStore(store)) {
    const guess = typeof store === "string" ? didYouMean(store, ["file", "memory"]) : "";
    refuse(
      "store",
      `expected "file", "memory", or an object with get and set (SignInStore), got ${
        describeValue(store)
      }${guess}`,
    );
  }
}

function isStore(value: unknown): boolean {
  return isObject(value) && typeof value["get"] === "function" &&
    typeof value["set"] === "function";
}
