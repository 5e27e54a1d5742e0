import type { Creation } from "../../http/wire.ts";

/** What a call makes: a job, an upscaling task, or a result without a job that the service keeps. */
export type Made = "job" | "task" | "result";

/**
 * Where to look for what a call may have made: where it can be told from other work on this kind of platform. An OGC
 * platform gets no title, and numbers of jobs grow: `newest` is the highest that was known before.
 *
 * @example
 * ```ts
 * import { creationOf } from "./creation.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(creationOf("task").where, "look for its title in client.jobsStatus.get(), among the tasks");
 * ```
 */
export function creationOf(
  made: Made,
  { label, newest }: { readonly label?: string | undefined; readonly newest?: number | undefined } =
    {},
): Creation {
  if (made === "result") {
    return {
      what: "job",
      where:
        "look in the platform's own list of your jobs (the Dispatch service keeps none of synchronous ones)",
    };
  }
  const listed = "look for its title in client.jobsStatus.get()";
  if (made === "task") return { what: "task", where: `${listed}, among the tasks` };
  const above = newest === undefined
    ? "above the last one you know"
    : `above ${newest}, the highest that this client knew before`;
  return {
    what: "job",
    where: label === "ogc_api_process"
      ? `${listed}, among the ids ${above}, and at the platform for a job as new as this call (its own list knows no titles)`
      : `${listed}, and in the platform's own list of your jobs`,
  };
}
