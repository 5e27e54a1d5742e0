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
