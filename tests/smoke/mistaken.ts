// A consumer with one mistake, which tsc has to find: `namespase`.
import type { BaseJobRequest } from "@apex-dispatch/client";

export const request: BaseJobRequest = {
  title: "Vegetation index",
  label: "openeo",
  service: {
    endpoint: "https://openeo.example.test",
    application: "https://catalogue.example.test/vegetation_index.json",
    namespase: "apex",
  },
  parameters: {},
  format: "gtiff",
};
