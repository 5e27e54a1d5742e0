import { assertEquals, assertStringIncludes } from "@std/assert";
import { parametersTable, requestCheck } from "../../../../src/display/views/service/request.ts";
import type { Parameter } from "../../../../src/models/parameters.ts";
import { test } from "../../../support/test.ts";
import { checkHtml } from "../../check_html.ts";
import { bundleOf } from "../../views.ts";

const snow: Parameter[] = [
  {
    name: "bounding_box",
    type: "bounding-box",
    optional: false,
    description: "Spatial extent",
    default: null,
    options: [],
  },
  {
    name: "ndsi_threshold",
    type: "integer",
    optional: true,
    description: "NDSI value above which a pixel is classified as snow",
    default: 0.4,
    options: [],
  },
];

test("parametersTable() shows what a service takes", () => {
  assertEquals(String(parametersTable(snow)).split("\n"), [
    "2 parameters · 1 required",
    "Parameter       Type          Required  Default  Description",
    "──────────────  ────────────  ────────  ───────  ───────────────────────────────────────────────────",
    "bounding_box    bounding-box  yes       –        Spatial extent",
    "ndsi_threshold  integer       no        0.4      NDSI value above which a pixel is classified as",
    "                                                 snow",
    "",
    "The service calls every openEO number an integer; where the default has a fraction, other values may",
    "as well.",
  ]);
});

test("parametersTable() shows options where there are any", () => {
  const [first = Object(null)] = snow;
  const text = String(parametersTable([{ ...first, options: ["a", 2, null] }]));
  assertStringIncludes(text, "Options");
  assertStringIncludes(text, '"a", 2, null');
  assertEquals(String(parametersTable([first])).includes("Options"), false);
});

test("parametersTable() tells a missing default from one that is false, zero or empty", () => {
  const defaults = [undefined, null, false, 0, "", []];
  const text = String(
    parametersTable(defaults.map((value, at) => ({
      name: `p${at}`,
      type: "string",
      optional: true,
      description: "d",
      default: value,
    }))),
  );
  const shown = text.split("\n").slice(3).map((line) => line.split(/ +/)[3]);
  assertEquals(shown, ["–", "–", "false", "0", '""', "[]"]);
});

test("parametersTable() keeps the whole of a description for the tooltip", () => {
  const description = "Limits the data.\n\nFor raster data, ".padEnd(
    400,
    "the process loads the pixel ",
  );
  const html = bundleOf(parametersTable([{ ...Object(snow[0]), description }]))["text/html"];
  checkHtml(html);
  assertStringIncludes(html, description.replace(/\s+/g, " ").trim());
});

test("parametersTable() shows the required ones first where it cannot show all", () => {
  const many = Array.from({ length: 30 }, (_, at) => ({
    ...Object(snow[0]),
    name: `p${at}`,
    optional: at < 25,
  }));
  const text = String(parametersTable(many));
  assertStringIncludes(text, "30 parameters · 5 required · 20 of 30 shown");
  assertEquals(text.split("\n")[3]?.startsWith("p25"), true);
  assertEquals(String(parametersTable(many, { rows: 30 })).split("\n")[3]?.startsWith("p0"), true);
});

test("parametersTable() says that there are none", () => {
  assertEquals(String(parametersTable([])), "This service takes no parameters");
});

test("requestCheck() says what is wrong, where, and what could not be checked", () => {
  const check = requestCheck({
    issues: [{ path: "parameters.a", message: "expected b" }, { path: "", message: "all wrong" }],
    warnings: ["The parameters were not checked."],
  });
  const text = String(check);
  for (const part of ["2 problems", "parameters.a", "expected b", "all of it", "not checked"]) {
    assertStringIncludes(text, part);
  }
  assertEquals(check.ok, false);
});

test("requestCheck() says that nothing is wrong", () => {
  assertEquals(
    String(requestCheck({ issues: [], warnings: [], parameters: [] })),
    "The service takes this request (0 parameters known)",
  );
});
