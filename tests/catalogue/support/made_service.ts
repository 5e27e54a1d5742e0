import {
  type CatalogueService,
  catalogueService,
  type ServiceParts,
} from "../../../src/catalogue/service.ts";
import { readDefinition } from "../../../src/catalogue/reading/definition.ts";
import { definition, good } from "./made_up.ts";

/** A service with a parameter of each kind, on a Wednesday in November. */
export function madeService(parts: Partial<ServiceParts> = {}): CatalogueService {
  const reading = readDefinition(definition);
  if (!reading.ok) throw new Error(reading.reason);
  return catalogueService({
    facts: {
      id: "composite",
      title: "The composite",
      provider: "alpha",
      platform: "cloud",
      label: "openeo",
      endpoint: "https://openeo.dataspace.copernicus.eu",
      application: "https://definitions.example.test/composite.json",
      formats: ["GeoTIFF", "netCDF", "PNG"],
      keywords: [],
      price: { amount: 0.1, unit: "platform credits per km²" },
    },
    providerName: "Alpha Institute",
    platformName: "The Cloud",
    endpoint: "https://openeo.dataspace.copernicus.eu",
    description: "Makes one of many.",
    links: [{ rel: "about", href: "https://docs.example.test/", title: "Manual" }],
    parameters: reading.definition.parameters,
    example: good,
    remarks: [],
    website: "https://catalogue.example.test",
    fetch,
    now: () => Date.parse("2026-11-25T10:00:00Z"),
    ...parts,
  });
}
