import type { ApiPromise } from "../http/api_promise.ts";
import type { CallOptions, HttpConfig } from "../http/config.ts";
import type { Health } from "../models/health.ts";
import { call } from "./call.ts";
import { operations } from "./operations.ts";

/** Makes the health call of a client. */
export function health(config: HttpConfig): (options?: CallOptions) => ApiPromise<Health> {
  return (options = {}) => call(config, operations.health, { options });
}
