import { assertEquals } from "@std/assert";
import { operations } from "../../src/api/operations.ts";
import { schemas } from "../../src/models/schemas.ts";
import { test } from "../support/test.ts";
import { formatDifference } from "./differences/difference.ts";
import { differences } from "./differences/differences.ts";
import { list } from "./document.ts";
import { at, type Case, child, contractDocument } from "./fixture.ts";

function lines(document: unknown): string[] {
  return differences(document, { operations, schemas }).map(formatDifference);
}

const JOB = "(POST /unit_jobs request, POST /sync_jobs request)";
const SUMMARY = "ProcessingJobSummary (POST /unit_jobs answer)";

const CASES: readonly Case[] = [
  {
    name: "a field more",
    change: at("components.schemas.BaseJobRequest.properties", (fields) => {
      fields["priority"] = { type: "integer" };
    }),
    expected: [`BaseJobRequest ${JOB}: field "priority" (integer) is in the contract and not here`],
  },
  {
    name: "a field less",
    change: at("components.schemas.ProcessingJobSummary", (schema) => {
      delete child(schema, "properties")["parameters"];
      schema["required"] = list(schema["required"]).filter((name) => name !== "parameters");
    }),
    expected: [`${SUMMARY}: field "parameters" (object) is here and not in the contract`],
  },
  {
    name: "another type",
    change: at("components.schemas.ProcessingJobSummary.properties.id", (id) => {
      id["type"] = "string";
    }),
    expected: [
      "ProcessingJobSummary.id (POST /unit_jobs answer): is string in the contract and integer here",
    ],
  },
  {
    name: "a number for an integer",
    change: at("components.schemas.ProcessingJobSummary.properties.id", (id) => {
      id["type"] = "number";
    }),
    expected: [
      "ProcessingJobSummary.id (POST /unit_jobs answer): is number in the contract and integer here",
    ],
  },
  {
    name: "plain text for a timestamp",
    change: at("components.schemas.UpscalingTask.properties.created", (created) => {
      delete created["format"];
    }),
    expected: [
      "UpscalingTask.created (GET /upscale_tasks/{task_id} answer): is string in the contract and timestamp here",
    ],
  },
  {
    name: "an optional field",
    change: at("components.schemas.Provider", (schema) => schema["required"] = []),
    expected: ['Provider: field "name" is optional in the contract and required here'],
  },
  {
    name: "a required field",
    change: at("components.schemas.Provider", (schema) => schema["required"] = ["name", "url"]),
    expected: ['Provider: field "url" is required in the contract and optional here'],
  },
  {
    name: "null where there was none",
    change: at("components.schemas.Extent.properties", (fields) => {
      fields["temporal"] = {
        anyOf: [{ $ref: "#/components/schemas/TimeInterval" }, { type: "null" }],
      };
    }),
    expected: ["Extent.temporal: can be null in the contract and not here"],
  },
  {
    name: "null by a list of types",
    change: at("components.schemas.Provider.properties.name", (name) => {
      name["type"] = ["string", "null"];
    }),
    expected: ["Provider.name: can be null in the contract and not here"],
  },
  {
    name: "no null any more",
    change: at("components.schemas.ServiceDetails.properties", (fields) => {
      fields["namespace"] = { type: "string" };
    }),
    expected: [
      // Requests have rules of their own, so the schema stands there a second time.
      `BaseJobRequest.service.namespace ${JOB}: can be null here and not in the contract`,
      "ParamRequest.service.namespace (POST /params request): can be null here and not in the contract",
      "ServiceDetails.namespace: can be null here and not in the contract",
      "UpscalingTaskRequest.service.namespace (POST /upscale_tasks request): can be null here and not in the contract",
    ],
  },
  {
    name: "a value more, in a closed and in an open set",
    change: at("components.schemas.OutputFormatEnum", (schema) => {
      schema["enum"] = [...list(schema["enum"]), "zarr"];
    }),
    expected: ['OutputFormatEnum: value "zarr" is in the contract and not here'],
  },
  {
    name: "a value less",
    change: at("components.schemas.ProcessingStatusEnum", (schema) => {
      schema["enum"] = list(schema["enum"]).filter((word) => word !== "unknown");
    }),
    expected: ['ProcessingStatusEnum: value "unknown" is here and not in the contract'],
  },
  {
    name: "a value spelt otherwise",
    change: at("components.schemas.JobsFilter", (schema) => {
      schema["enum"] = ["upscaling", "Processing"];
    }),
    expected: [
      'JobsFilter: value "Processing" is in the contract and not here',
      'JobsFilter: value "processing" is here and not in the contract',
    ],
  },
  {
    name: "another constant",
    change: at("components.schemas.Point.properties.type", (type) => type["const"] = "Dot"),
    expected: [
      'Point.type: value "Dot" is in the contract and not here',
      'Point.type: value "Point" is here and not in the contract',
    ],
  },
  {
    name: "other items of an array",
    change: at("components.schemas.JobsStatusResponse.properties.processing_jobs", (jobs) => {
      jobs["items"] = { type: "integer" };
    }),
    expected: [
      "JobsStatusResponse.processing_jobs[] (GET /jobs_status answer): is integer in the contract and ProcessingJobSummary here",
    ],
  },
  {
    name: "a longer tuple",
    change: at("components.schemas.Position2D", (schema) => {
      schema["prefixItems"] = Array(4).fill({ type: "number" });
      schema["minItems"] = schema["maxItems"] = 4;
    }),
    expected: ["Position2D: is tuple of 4 in the contract and tuple of 2 here"],
  },
  {
    name: "a tuple with no fixed length",
    change: at("components.schemas.Position2D", (schema) => delete schema["maxItems"]),
    expected: ["Position2D: cannot be compared, because of a tuple of no fixed length"],
  },
  {
    name: "further fields, no longer invited",
    change: at("components.schemas.Asset", (schema) => delete schema["additionalProperties"]),
    expected: [
      "Asset: further fields are not spoken of in the contract and further fields are invited here",
    ],
  },
  {
    name: "further fields, refused",
    change: at("components.schemas.Provider", (schema) => schema["additionalProperties"] = false),
    expected: [
      "Provider: further fields are refused in the contract and further fields are not spoken of here",
    ],
  },
  {
    name: "a geometry more",
    change: at("components.schemas.GeometryCollection.properties.geometries.items", (items) => {
      items["oneOf"] = [...list(items["oneOf"]), { $ref: "#/components/schemas/SpatialExtent" }];
    }),
    expected: [
      "GeometryCollection.geometries[] (POST /tiles answer): can be SpatialExtent in the contract and not here",
    ],
  },
  {
    name: "a keyword that the check does not read",
    change: at("components.schemas.Provider.properties.url", (url) => {
      url["not"] = { const: "" };
    }),
    expected: ['Provider.url: cannot be compared, because of the keyword "not"'],
  },
  {
    name: "a reference to nothing",
    change: at("components.schemas.Extent.properties.spatial", (spatial) => {
      spatial["$ref"] = "#/components/schemas/Space";
    }),
    expected: [
      "Extent.spatial: cannot be compared, because of a reference to #/components/schemas/Space, which is not there",
    ],
  },
  {
    name: "a schema more",
    change: at("components.schemas", (all) => all["Quota"] = { type: "object" }),
    expected: ["Quota: schema is in the contract and not here"],
  },
  {
    name: "a schema less",
    change: at("components.schemas", (all) => delete all["ErrorResponse"]),
    expected: ["ErrorResponse: schema is here and not in the contract"],
  },
];

for (const { name, change, expected } of CASES) {
  test(`differences() names ${name}`, () => {
    const document = contractDocument();
    change(document);
    assertEquals(lines(document), expected);
  });
}
