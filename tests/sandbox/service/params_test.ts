import { assertEquals } from "@std/assert";
import { Parameter } from "../../../src/models/parameters.ts";
import { test } from "../../support/test.ts";
import { at, OPENEO, send, stage, TUTORIAL } from "../support.ts";

const TUTORIAL_SERVICE = { label: TUTORIAL.label, service: TUTORIAL.service };
const OPENEO_SERVICE = { label: OPENEO.label, service: OPENEO.service };

test("getParameters knows the tutorial's service and its openEO twin", async () => {
  await using on = stage();
  const kinds = [];
  for (const json of [TUTORIAL_SERVICE, OPENEO_SERVICE]) {
    const { status, body } = await send(on.sandbox, "POST /params", { json });
    assertEquals(status, 200);
    const parameters = Array.isArray(body) ? body.map((value) => Parameter.parse(value)) : [];
    kinds.push(parameters.map(({ name, type }) => `${name} ${type}`));
  }
  assertEquals(kinds, [
    ["bbox string", "resolution string", "bands string"],
    [
      "spatial_extent bounding-box",
      "temporal_extent date-interval",
      "resolution integer",
      "bands array-string",
    ],
  ]);
});

test("getParameters knows the services that a sandbox is given", async () => {
  const parameters = [{ name: "x", type: "double", optional: true, description: "A number" }];
  const service = { endpoint: "https://a.example.test", application: "water", namespace: null };
  await using on = stage({ services: [{ label: "ogc_api_process", service, parameters }] });
  const json = {
    label: "ogc_api_process",
    service: { endpoint: "https://a.example.test", application: "water" },
  };
  assertEquals((await send(on.sandbox, "POST /params", { json })).body, parameters);
});

test("getParameters fails in the framework's shape", async () => {
  await using on = stage();
  const token = on.sandbox.issueToken();
  on.sandbox.expireToken(token);
  const expired = await send(on.sandbox, "POST /params", { json: TUTORIAL_SERVICE, token });
  assertEquals([expired.status, Object.keys(Object(expired.body))], [500, ["detail"]]);
  const endpoint = "https://processes.example.test/";
  const json = { label: "ogc_api_process", service: { ...TUTORIAL.service, endpoint } };
  assertEquals(
    at((await send(on.sandbox, "POST /params", { json })).body, "detail"),
    `An error occurred while retrieving service parameters: '${endpoint}'`,
  );
});

test("getParameters of openEO does not look at the token, but there has to be one", async () => {
  await using on = stage();
  const json = OPENEO_SERVICE;
  assertEquals((await send(on.sandbox, "POST /params", { json, token: "garbage" })).status, 200);
  assertEquals((await send(on.sandbox, "POST /params", { json, token: null })).status, 401);
});
