/**
 * Signing in to APEx: once, in the cell or the terminal, and silently from then on.
 *
 * For a person, {@linkcode signIn} shows a link, a code and a QR code, and keeps the sign-in in a file that is yours
 * alone; its session hands a client fresh tokens for as long as it lasts. For programs without a person there
 * are {@linkcode clientCredentials}, {@linkcode fromOidcAgent} and {@linkcode fromEnvironment}. No token, code or secret
 * is ever printed, thrown or shown.
 *
 * ```ts ignore
 * import { AuthenticatedClient } from "@apex-dispatch/client";
 * import { signIn } from "@apex-dispatch/client/auth";
 *
 * const session = await signIn();
 * const client = new AuthenticatedClient({ baseUrl: session.service, token: session.token });
 * ```
 *
 * The file store is made for Deno, where programs lock each other out; elsewhere it works, and says so once.
 *
 * @module
 */
import "../runtime.ts";

export { type Environment, type EnvironmentName, environments } from "./sign_in_options.ts";
export type { SignInPrompt } from "./prompt/prompt.ts";
export type { Session, SignOutOptions } from "./session.ts";
export { signIn } from "./sign_in.ts";
export type { SignInFlow, SignInOptions } from "./sign_in_options.ts";
export type { SignInStore } from "./store/store.ts";
export { clientCredentials, type ClientCredentialsOptions } from "./sources/client_credentials.ts";
export { fromEnvironment, type FromEnvironmentOptions } from "./sources/from_environment.ts";
export { fromOidcAgent } from "./sources/from_oidc_agent.ts";
export type { TokenFunction } from "./sources/kept_token.ts";
export {
  SignInError,
  type SignInErrorOptions,
  type SignInFailure,
} from "../http/token/sign_in_error.ts";
export type { TokenRequest } from "../http/token/token.ts";
export type { Displayable, MimeBundle } from "../display/render/displayable.ts";
export { DispatchError, type DispatchErrorOptions } from "../core/dispatch_error.ts";
