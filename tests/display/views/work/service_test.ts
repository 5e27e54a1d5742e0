import { assertEquals } from "@std/assert";
import { fitLine, textOf } from "../../../../src/display/render/fit.ts";
import {
  platformLine,
  serviceLine,
  serviceName,
} from "../../../../src/display/views/work/service.ts";
import { test } from "../../../support/test.ts";

const ogc = {
  endpoint: "https://processes.example.test",
  namespace: "apex",
  application: "/processes/vegetation-index",
};
const openeo = {
  endpoint: "https://openeo.example.test",
  namespace: null,
  application: "https://catalogue.example.test/udp/max_ndvi.json?ref=main",
};

test("serviceName() is the last part of what runs, and keeps the rest for the tooltip", () => {
  assertEquals(serviceName(ogc), {
    text: "vegetation-index",
    whole: "/processes/vegetation-index · apex · https://processes.example.test",
  });
  assertEquals(serviceName(openeo).text, "max_ndvi");
  assertEquals(serviceName({ endpoint: "e", application: "/" }).text, "/");
});

test("serviceLine() links a description that is on the web", () => {
  assertEquals(serviceLine(ogc), [{ text: "/processes/vegetation-index", style: "code" }]);
  const [name] = serviceLine(openeo);
  assertEquals(name?.href, openeo.application);
  const { pieces, whole } = fitLine(serviceLine(openeo), 100);
  assertEquals(textOf({ pieces, whole }), "max_ndvi, described at catalogue.example.test");
  assertEquals(whole, "https://catalogue.example.test/udp/max_ndvi.json");
});

test("platformLine() leaves out a namespace that is not there", () => {
  const text = (...args: Parameters<typeof platformLine>) =>
    textOf(fitLine(platformLine(...args), 100));
  assertEquals(
    text(ogc, "ogc_api_process"),
    "https://processes.example.test namespace apex · ogc_api_process",
  );
  assertEquals(text(openeo, "openeo"), "https://openeo.example.test · openeo");
});
