import type { BaseJobRequest } from "../../src/models/jobs.ts";

/** The tutorial's job. */
export const JOB_REQUEST: BaseJobRequest = {
  title: "Vegetation index",
  label: "ogc_api_process",
  service: {
    endpoint: "https://processes.example.test",
    application: "/processes/vegetation-index",
    namespace: "apex",
  },
  parameters: { bbox: [12, 41, 13, 42], resolution: 10, bands: ["B04", "B08"] },
  format: "geojson",
};

/** What a service answers to the tutorial's job. */
export function jobSummary(id = 42, status = "created") {
  return {
    id,
    title: JOB_REQUEST.title,
    label: JOB_REQUEST.label,
    status,
    service: JOB_REQUEST.service,
    parameters: JOB_REQUEST.parameters,
  };
}

/** What a service answers when it is asked for the tutorial's job. */
export function wholeJob(id = 42, status = "running") {
  return {
    ...jobSummary(id, status),
    created: "2026-11-23T15:38:21",
    updated: "2026-11-23T15:38:25.123456",
  };
}
