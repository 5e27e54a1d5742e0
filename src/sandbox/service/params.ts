import { operations } from "../../api/operations.ts";
import { jsonAnswer } from "../server/answer.ts";
import { frameworkError } from "../server/errors.ts";
import { type Handler, handler } from "../server/handler.ts";
import { endpointProblem, noSuchProcess } from "../platform/platform.ts";
import { findService } from "../platform/services.ts";
import type { StoredService } from "./state.ts";

/**
 * `POST /params`. It fails in the framework's own shape; the token is looked at only for an OGC API,
 * because an openEO process is public.
 */
export const getParameters: Handler = handler(
  operations.getParameters,
  ({ body, token = "" }, world) => {
    const { label, service: { endpoint, namespace = null, application } } = body;
    const wanted: StoredService = { endpoint, namespace, application };
    const now = world.clock.now();
    if (label === "ogc_api_process") {
      const problem = endpointProblem({ label, service: wanted }, world);
      if (problem !== undefined) return failure(problem);
      if (world.tokens.userAt(token, now) === undefined) {
        return failure("AUTHENTICATION_FAILED: Could not authenticate with gep: Invalid token");
      }
    }
    const service = findService(world.services, label, wanted);
    if (service?.error !== undefined) return failure(service.error);
    if (service !== undefined) return jsonAnswer(200, service.parameters ?? []);
    return failure(
      label === "openeo"
        ? `404 Client Error: Not Found for url: ${application}`
        : noSuchProcess(application, now),
    );
  },
);

function failure(reason: string) {
  return frameworkError(500, `An error occurred while retrieving service parameters: ${reason}`);
}
