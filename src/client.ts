import { hearWork } from "./api/known/known_work.ts";
import { health, statistics, type StatisticsOptions, type Tiles, tiles } from "./api/open_calls.ts";
import { type JobsStatus, jobsStatus } from "./api/jobs_status.ts";
import { attachWire, checkLedger, type JobLedger } from "./api/known/job_ledger.ts";
import { showClient, showWork } from "./api/show.ts";
import { type UnitJobs, unitJobs } from "./api/unit_jobs.ts";
import { type UpscaleTasks, upscaleTasks } from "./api/upscale_tasks.ts";
import type { Account } from "./display/views/service/cards.ts";
import type { ApiPromise } from "./http/api_promise.ts";
import {
  type CallOptions,
  type ClientOptions,
  type Credentials,
  type HttpConfig,
  resolveConfig,
} from "./http/config.ts";
import { tokenExpiry, type TokenProvider, tokenUser } from "./http/token/token.ts";
import { isTelling } from "./http/options.ts";
import { orDispatchError } from "./core/dispatch_error.ts";
import { HIDDEN, redact } from "./core/redact.ts";
import type { Health, PublicStatisticsResponse } from "./models/monitoring.ts";

/** How a client reaches the service in somebody's name, and where it writes down what it sends. */
export interface AuthenticatedClientOptions extends ClientOptions, Credentials {
  /**
   * Where every job and task is written down before it is sent, so that none is sent twice, also after a lost answer or
   * a restart; `openLedger` of `@apex-dispatch/client/ledger` opens one.
   *
   * @default none
   */
  readonly ledger?: JobLedger | undefined;
}

/**
 * A client for the calls that need no account: health, statistics and tiles.
 *
 * @example
 * ```ts
 * import { Client } from "@apex-dispatch/client";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox();
 * const client = new Client({ baseUrl: sandbox.url });
 * const { status } = await client.health();
 * assertEquals(status, "ok");
 * ```
 */
export class Client {
  readonly #options: ClientOptions;
  /** The cutting of areas. */
  readonly tiles: Tiles;
  /** How the service is; a service that is unwell answers too (503). */
  readonly health: (options?: CallOptions) => ApiPromise<Health>;
  /**
   * How much work the service has been given by all its users, counted by status, interface and service. A service
   * of version 0.7.2 or older has no such answer, and the error says so.
   */
  readonly statistics: (options?: StatisticsOptions) => ApiPromise<PublicStatisticsResponse>;

  /** Makes a client; nothing is sent yet. */
  constructor(options: ClientOptions) {
    const config = orDispatchError(HEADLINE, () => resolveConfig(options));
    this.#options = options;
    this.tiles = tiles(config);
    this.health = health(config);
    this.statistics = statistics(config);
    showSafely(this, "Client", config);
  }

  /** A client with some options changed; headers and cookies are added to those there are. */
  with(changes: Partial<ClientOptions>): Client {
    return new Client(orDispatchError(HEADLINE, () => merge(this.#options, changes)));
  }
}

/**
 * A client that acts in somebody's name.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient } from "@apex-dispatch/client";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox();
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
 * const job = await client.unitJobs.create({
 *   title: "Vegetation index",
 *   label: "ogc_api_process",
 *   service: {
 *     endpoint: "https://processes.example.test",
 *     application: "/processes/vegetation-index",
 *     namespace: "apex",
 *   },
 *   parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
 *   format: "geojson",
 * });
 * assertEquals(job.title, "Vegetation index");
 * ```
 */
export class AuthenticatedClient {
  readonly #options: AuthenticatedClientOptions;
  readonly #tokens: TokenProvider | undefined;
  /** Jobs of one's own, one at a time. */
  readonly unitJobs: UnitJobs;
  /** The same job many times over. */
  readonly upscaleTasks: UpscaleTasks;
  /** All of one's work at once. */
  readonly jobsStatus: JobsStatus;
  /** The cutting of areas. */
  readonly tiles: Tiles;
  /** How the service is; a service that is unwell answers too (503). */
  readonly health: (options?: CallOptions) => ApiPromise<Health>;
  /**
   * How much work the service has been given by all its users, counted by status, interface and service. A service
   * of version 0.7.2 or older has no such answer, and the error says so.
   */
  readonly statistics: (options?: StatisticsOptions) => ApiPromise<PublicStatisticsResponse>;

  /** Makes a client; nothing is sent yet, and a token function is not called yet. */
  constructor(options: AuthenticatedClientOptions) {
    const { ledger, ...connection } = orDispatchError(HEADLINE, () => ({ ...options }));
    const config = orDispatchError(HEADLINE, () => resolveConfig(connection, connection));
    checkLedger(ledger, HEADLINE);
    // A client derived from this one shares its token, and what is under way to get one.
    this.#options = { ...options, token: config.auth?.tokens.source ?? options.token };
    this.#tokens = config.auth?.tokens;
    const show = hearWork(showWork(this));
    const ledgers = { ledger, wire: attachWire(this, config, show) };
    this.unitJobs = unitJobs(config, show, ledgers);
    this.upscaleTasks = upscaleTasks(config, show, ledgers);
    this.jobsStatus = jobsStatus(config, show);
    this.tiles = tiles(config);
    this.health = health(config);
    this.statistics = statistics(config);
    showSafely(this, "AuthenticatedClient", config);
  }

  /** When the token expires, as far as it says so itself; a token function is asked for one. */
  async tokenExpiry(
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Date | undefined> {
    const token = await this.#tokens?.get({ signal: options.signal });
    return token === undefined ? undefined : tokenExpiry(token);
  }

  /** A client with some options changed; headers and cookies are added to those there are. */
  with(changes: Partial<AuthenticatedClientOptions>): AuthenticatedClient {
    return new AuthenticatedClient(
      orDispatchError(HEADLINE, () => merge(this.#options, changes)),
    );
  }
}

function merge<Options extends ClientOptions>(
  options: Options,
  changes: Partial<Options>,
): Options {
  return {
    ...options,
    ...changes,
    headers: { ...options.headers, ...changes.headers },
    cookies: { ...options.cookies, ...changes.cookies },
  };
}

const HEADLINE = "Cannot make a client";

/** Makes a client show where it leads and what it can do; a console shows of headers and cookies the names alone. */
function showSafely(client: object, name: string, config: HttpConfig): void {
  showClient(client, { baseUrl: config.baseUrl, account: accountOf(config) });
  const shown = {
    baseUrl: config.baseUrl,
    ...(config.auth === undefined ? {} : { token: HIDDEN }),
    headers: Object.keys(config.headers).map((header) =>
      redact(header, [...config.secrets, config.auth?.tokens.constant ?? ""].filter(isTelling))
    ),
    timeout: config.timeout,
  };
  const show = () => `${name} ${JSON.stringify(shown)}`;
  for (const symbol of ["Deno.customInspect", "nodejs.util.inspect.custom"]) {
    Object.defineProperty(client, Symbol.for(symbol), { value: show });
  }
}

/** In whose name a client acts, as far as its token says so itself; a token function is not asked. */
function accountOf({ auth }: HttpConfig): Account {
  if (auth === undefined) return { kind: "none" };
  const { source } = auth.tokens;
  if (typeof source !== "string") return { kind: "asked" };
  return { kind: "token", user: tokenUser(source), expires: tokenExpiry(source) };
}
