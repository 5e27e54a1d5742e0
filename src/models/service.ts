import * as z from "zod/mini";
import {
  defineEnum,
  defineModel,
  type EnumOf,
  type Model,
  openWordsOf,
  type WordOf,
  wordsOf,
} from "./schema/model.ts";

/** The kind of a service: which protocol its platform speaks. */
export type ProcessTypeEnum = WordOf<typeof ProcessTypeEnum>;

/**
 * The kind of a service: which protocol its platform speaks.
 *
 * @example
 * ```ts
 * import { ProcessTypeEnum } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(Object.values(ProcessTypeEnum), ["openeo", "ogc_api_process"]);
 * ```
 */
export const ProcessTypeEnum: EnumOf<{
  /** An openEO back-end. */
  readonly OPENEO: "openeo";
  /** A platform that speaks OGC API - Processes. */
  readonly OGC_API_PROCESS: "ogc_api_process";
}> = defineEnum("ProcessTypeEnum", { OPENEO: "openeo", OGC_API_PROCESS: "ogc_api_process" });

/** The schema of {@linkcode ProcessTypeEnum} in a request. */
export const processTypeSchema = z.lazy(() => wordsOf(ProcessTypeEnum));

/** The schema of {@linkcode ProcessTypeEnum} in an answer. */
export const openProcessTypeSchema = z.lazy(() => openWordsOf(ProcessTypeEnum));

/**
 * Where a service is and what it is called.
 *
 * @example
 * ```ts
 * import { ServiceDetails } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const service: ServiceDetails = {
 *   endpoint: "https://processes.example.test",
 *   namespace: "apex",
 *   application: "/processes/vegetation-index",
 * };
 * assertEquals(ServiceDetails.parse(service), service);
 * ```
 */
export interface ServiceDetails {
  /**
   * Where the service is hosted: the openEO back-end, or the base URL of the platform's OGC API. It must
   * equal what the Dispatch service has configured, to the letter: a trailing slash makes it another one.
   */
  readonly endpoint: string;
  /**
   * The namespace of the deployment on an OGC API platform, without `:` and without a `/` at its end.
   * Not used with openEO.
   */
  readonly namespace?: string | null | undefined;
  /** What to run: the public URL of the UDP (JSON) with openEO, the process's path with an OGC API. */
  readonly application: string;
}

/** The schema of {@linkcode ServiceDetails} as the service sends it. */
export const serviceDetailsSchema = z.lazy(() =>
  z.object({
    endpoint: z.string(),
    namespace: z.optional(z.nullable(z.string())),
    application: z.string(),
  })
);

/** The schema of {@linkcode ServiceDetails} in a request. */
export const serviceDetailsRequestSchema = z.lazy(() =>
  z.object({
    endpoint: z.string().check(
      notBlank("the URL of the platform"),
      z.refine(
        (endpoint) => !/[^/]\/+$/.test(endpoint.trim()),
        "expected a URL without a slash at its end (the service knows its platforms to the letter)",
      ),
    ),
    namespace: z.optional(z.nullable(
      z.string().check(
        z.refine(
          (namespace) => !namespace.includes(":") && !namespace.endsWith("/"),
          'expected a namespace without ":" and without "/" at its end (the job would run and could never be read)',
        ),
      ),
    )),
    application: z.string().check(notBlank("what to run")),
  })
);

/** Reads a {@linkcode ServiceDetails} from unknown data. */
export const ServiceDetails: Model<ServiceDetails> = defineModel(
  "ServiceDetails",
  serviceDetailsSchema,
);

/** Refuses an openEO service whose application is no URL: the platform would, once the service had asked it. */
export function checkApplication(
  context: z.core.ParsePayload<{
    readonly label: string;
    readonly service: { readonly application: string };
  }>,
): void {
  const { label, service: { application } } = context.value;
  if (label !== "openeo" || /^https?:$/.test(URL.parse(application)?.protocol ?? "")) return;
  context.issues.push({
    code: "custom",
    input: application,
    path: ["service", "application"],
    message: "expected the URL of a process definition (https://…) with openEO",
  });
}

/** The rule that a text is there at all. */
export function notBlank(what: string): z.core.$ZodCheck<string> {
  return z.refine((text: string) => text.trim() !== "", `expected ${what}`);
}
