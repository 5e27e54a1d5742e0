import { assertEquals, assertStrictEquals } from "@std/assert";
import { ParamRequest } from "../../src/models/parameters.ts";
import { notBlank, ProcessTypeEnum, ServiceDetails } from "../../src/models/service.ts";
import { test } from "../support/test.ts";
import * as z from "zod/mini";
import { problems } from "./support/problems.ts";

const service = { endpoint: "https://p.example.test", application: "/index" };
const asked = (changes: object) =>
  problems(ParamRequest, { label: "ogc_api_process", service: { ...service, ...changes } });

test("ServiceDetails.parse() keeps an absent, a null and a given namespace apart", () => {
  for (const namespace of [{}, { namespace: null }, { namespace: "apex" }]) {
    const given = { ...service, ...namespace };
    assertStrictEquals(ServiceDetails.parse(given), given);
    assertEquals(JSON.stringify(ServiceDetails.parse(given)), JSON.stringify(given));
  }
  assertEquals(Object.keys(ServiceDetails.parse(service)), ["endpoint", "application"]);
});

test("ServiceDetails.parse() takes whatever the service has stored", () => {
  for (const namespace of ["", "a:b", "a/"]) {
    assertEquals(
      ServiceDetails.parse({ endpoint: "", application: " ", namespace }).namespace,
      namespace,
    );
  }
});

test("a service that is asked for has an endpoint and an application", () => {
  assertEquals(asked({}), []);
  assertEquals(asked({ endpoint: "", application: " \n" }), [
    "service.endpoint: expected the URL of the platform, got an empty string",
    'service.application: expected what to run, got the string " \\n"',
  ]);
  assertEquals(asked({ endpoint: undefined, application: null }), [
    "service.endpoint: expected a string, got nothing",
    "service.application: expected a string, got null",
  ]);
});

test("a service that is asked for is named to the letter, and openEO's process by its URL", () => {
  for (const endpoint of ["https://p.example.test/", "https://p.example.test/api//"]) {
    assertEquals(asked({ endpoint }), [
      "service.endpoint: expected a URL without a slash at its end (the service knows its platforms to " +
      `the letter), got the string "${endpoint}"`,
    ]);
  }
  const process = (application: string) =>
    problems(ParamRequest, { label: "openeo", service: { ...service, application } });
  assertEquals(process("https://c.example.test/udp.json"), []);
  for (const application of ["demo", "../x", "ftp://c.example.test/udp.json"]) {
    assertEquals(process(application), [
      `service.application: expected the URL of a process definition (https://…) with openEO, got the string "${application}"`,
    ]);
  }
});

test("a service that is asked for has a namespace that can be read back, or none", () => {
  for (const namespace of [undefined, null, "apex", "a/b", "größe"]) {
    assertEquals(asked({ namespace }), []);
  }
  for (const namespace of ["a:b", ":", "apex/", "/"]) {
    assertEquals(asked({ namespace }), [
      'service.namespace: expected a namespace without ":" and without "/" at its end (the job ' +
      `would run and could never be read), got the string "${namespace}"`,
    ]);
  }
  assertEquals(asked({ namespace: 5 }), [
    "service.namespace: expected a string, got the number 5",
  ]);
});

test("ProcessTypeEnum holds the words, and parses them alone", () => {
  assertEquals({ ...ProcessTypeEnum }, { OPENEO: "openeo", OGC_API_PROCESS: "ogc_api_process" });
  assertEquals(ProcessTypeEnum.parse("openeo"), "openeo");
  assertEquals(problems(ProcessTypeEnum, "OPENEO"), [
    'expected one of "openeo", "ogc_api_process", got the string "OPENEO"; did you mean "openeo"?',
  ]);
});

test("notBlank() refuses text without a character to see", () => {
  const schema = z.string().check(notBlank("a name"));
  assertEquals(["a", " a "].map((text) => z.safeParse(schema, text).success), [true, true]);
  assertEquals(
    ["", " ", "\t\n", "\u00a0"].map((text) => z.safeParse(schema, text).success),
    Array(4).fill(false),
  );
});
