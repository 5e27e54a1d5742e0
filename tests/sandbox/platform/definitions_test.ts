import { assertEquals } from "@std/assert";
import { Parameter } from "../../../src/models/parameters.ts";
import { DEFINITIONS, toParameter } from "../../../src/sandbox/platform/definitions.ts";
import { test } from "../../support/test.ts";

test("DEFINITIONS take their place in different ways", () => {
  const places = DEFINITIONS.map(({ id, parameters }) => [
    id,
    parameters.map(toParameter)
      .filter(({ type }) => type === "bounding-box" || type === "polygon")
      .map(({ name, optional }) => `${name}${optional ? "?" : ""}`).join(),
  ]);
  assertEquals(places, [
    ["vegetation_index", "spatial_extent"],
    ["land_cover", "bounding_box?"],
    ["field_statistics", "geometry"],
    ["parcel_markers", "parcels"],
    ["band_cube", "spatial_extent"],
    ["station_report", ""],
  ]);
});

test("DEFINITIONS have a default for whatever is optional, and use all that they take", () => {
  for (const { id, parameters, process_graph } of DEFINITIONS) {
    for (const parameter of parameters) {
      assertEquals(parameter.optional === true, "default" in parameter, `${id} ${parameter.name}`);
      const use = `{"from_parameter":"${parameter.name}"}`;
      assertEquals(JSON.stringify(process_graph).includes(use), true, `${id} ${parameter.name}`);
    }
  }
});

test("toParameter() types a parameter as the service does", () => {
  const types = (id: string) =>
    DEFINITIONS.find((definition) => definition.id === id)?.parameters
      .map((parameter) => Parameter.parse(toParameter(parameter)))
      .map(({ name, type }) => `${name} ${type}`);
  assertEquals(types("vegetation_index"), [
    "spatial_extent bounding-box",
    "temporal_extent date-interval",
    "resolution integer",
    "bands array-string",
  ]);
  assertEquals(types("field_statistics"), [
    "geometry polygon",
    "temporal_extent date-interval",
    "smooth boolean",
  ]);
  assertEquals(types("parcel_markers"), ["parcels polygon", "season string"]);
});
