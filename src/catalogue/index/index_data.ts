import * as z from "zod/mini";
import { readerOf, wordsOf } from "../../models/schema/model.ts";
import { ProcessTypeEnum } from "../../models/service.ts";
import { CatalogueError } from "../catalogue_error.ts";
import type { IndexData } from "../facts.ts";
import data from "./index.json" with { type: "json" };

const names = z.record(z.string(), z.string());
const kinds = z.array(z.enum([
  "bounding-box",
  "temporal-interval",
  "geojson",
  "date",
  "date-time",
  "number",
  "integer",
  "string",
  "boolean",
  "array",
  "array of strings",
  "array of arrays",
  "object",
  "datacube",
  "null",
]));
const readIndex = readerOf(z.object({
  source: z.string(),
  commit: z.nullable(z.string()),
  date: z.string(),
  providers: names,
  platforms: names,
  services: z.array(z.object({
    id: z.string(),
    title: z.string(),
    provider: z.string(),
    platform: z.string(),
    label: wordsOf(ProcessTypeEnum),
    endpoint: z.string(),
    namespace: z.optional(z.string()),
    application: z.string(),
    formats: z.array(z.string()),
    keywords: z.array(z.string()),
    price: z.optional(z.object({ amount: z.number(), unit: z.string() })),
    parameters: z.optional(z.array(z.object({ name: z.string(), kinds, needed: z.boolean() }))),
    obstacle: z.optional(z.string()),
    record: z.optional(z.string()),
    scenario: z.optional(z.string()),
  })),
}));

/** The index that the package carries: what can be searched without network or permission. */
export function packagedIndex(): IndexData {
  const value: unknown = data;
  const reading = readIndex(value);
  if (reading.ok) return reading.value;
  throw new CatalogueError(
    "Cannot read the index of the package: it was not made by `deno task catalogue`",
    {
      reason: "invalid",
    },
  );
}
