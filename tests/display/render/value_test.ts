import { assert, assertEquals } from "@std/assert";
import {
  fieldPiece,
  fieldsPiece,
  formatField,
  formatFields,
  formatValue,
  healthBadge,
  statusBadge,
} from "../../../src/display/render/value.ts";
import { bboxToPolygon } from "../../../src/geo/box.ts";
import { STATUS_ORDER } from "../../../src/map/status.ts";
import { hasEnded, ProcessingStatusEnum } from "../../../src/models/jobs.ts";
import { test } from "../../support/test.ts";

test("formatValue() writes values as one would type them", () => {
  const cases: [unknown, string][] = [
    [null, "null"],
    [undefined, "undefined"],
    [true, "true"],
    [10, "10"],
    [0.1 + 0.2, "0.3"],
    [9_007_199_254_740_993n, "9007199254740993n"],
    ['say "hi"', '"say \\"hi\\""'],
    [[], "[]"],
    [{}, "{}"],
    [[12, [41]], "[12, [41]]"],
    [{ west: 12, "a b": null }, '{ west: 12, "a b": null }'],
    [new Date("2025-05-01T00:00:00Z"), "2025-05-01T00:00:00.000Z"],
    [new Date(NaN), "null"],
    [Symbol("x"), "(symbol)"],
    [() => 1, "(function)"],
  ];
  for (const [value, text] of cases) assertEquals(formatValue(value), text);
});

test("formatValue() stays short, however much there is", () => {
  const deep: { inner?: object } = {};
  deep.inner = deep;
  assertEquals(formatValue(deep).endsWith("{…} } } } } } }"), true);
  for (const value of ["x".repeat(1e6), Array(1e6).fill([1]), { ["k".repeat(1e6)]: 1 }]) {
    const text = formatValue(value);
    assert(text.length <= 601, String(text.length));
    assertEquals(text.at(-1), "…");
  }
});

test("formatValue() reads no further than it writes", () => {
  let read = 0;
  const items = new Proxy(Array(10_000).fill(7), {
    get(target, key) {
      if (typeof key === "string" && /^\d+$/.test(key)) read++;
      return Reflect.get(target, key);
    },
  });
  formatValue(items);
  assert(read < 1_000, String(read));
});

test("formatValue() survives values that cannot be read", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const getter = Object.defineProperty({}, "x", {
    enumerable: true,
    get() {
      throw new Error("no");
    },
  });
  for (const value of [proxy, getter, [getter]]) {
    assertEquals(formatValue(value), "(cannot be read)");
  }
});

test("formatValue() hides what fields named like secrets hold", () => {
  assertEquals(
    formatValue({ token: "s3cret", api_key: "s3cret", tokens: 3, password: null }),
    "{ token: (hidden), api_key: (hidden), tokens: 3, password: null }",
  );
  assertEquals(formatField("token", "s3cret"), "(hidden)");
  assertEquals(formatField("bands", ["B04"]), '["B04"]');
});

test("formatFields() writes named values on one line", () => {
  assertEquals(formatFields({ a: 1, b: { c: [2] } }), "a: 1, b: { c: [2] }");
  assertEquals(formatFields({}), "");
});

const tile = bboxToPolygon([3.37966, 51.01317, 3.55933, 51.12601]);

test("formatValue() writes GeoJSON as its kind and its corners, wherever it stands", () => {
  const short = "Polygon 3.38, 51.01 to 3.56, 51.13";
  assertEquals(formatValue(tile), short);
  assertEquals(formatValue([tile, { area: tile }]), `[${short}, { area: ${short} }]`);
  assertEquals(
    formatValue({ type: "Polygon", coordinates: [] }),
    '{ type: "Polygon", coordinates: [] }',
  );
});

test("formatValue() writes GeoJSON as it is typed when all of it is wanted", () => {
  const text = formatValue(tile, { whole: true });
  assert(text.startsWith('{ type: "Polygon", coordinates: [[[3.37966, 51.01317], '), text);
});

test("fieldPiece() and fieldsPiece() keep the whole of what they shorten", () => {
  const short = "Polygon 3.38, 51.01 to 3.56, 51.13";
  const whole = formatValue(tile, { whole: true });
  assertEquals(fieldPiece("aoi", tile), { text: short, whole });
  assertEquals(fieldsPiece({ resolution: 10, aoi: tile }), {
    text: `resolution: 10, aoi: ${short}`,
    whole: `resolution: 10, aoi: ${whole}`,
  });
  assertEquals(fieldPiece("resolution", 10), { text: "10" });
  assertEquals(fieldPiece("token", "s3cret"), { text: "(hidden)" });
  assertEquals(fieldsPiece({}), { text: "" });
});

test("statusBadge() has a look of its own for each status of the contract", () => {
  const statuses = Object.values(ProcessingStatusEnum);
  assertEquals([...STATUS_ORDER].sort(), [...statuses].sort());
  assertEquals(
    new Set(statuses.map((status) => statusBadge(status).text[0])).size,
    statuses.length,
  );
  for (const status of statuses) assertEquals(statusBadge(status).text.slice(2), status);
});

test("statusBadge() shows a status that it does not know as it is, in grey", () => {
  for (const status of ["paused", "__proto__", "constructor", "<b>"]) {
    assertEquals(statusBadge(status), { text: `• ${status}`, badge: "#57606a" });
  }
  assertEquals(statusBadge("").text, "• none");
});

test("badges are readable: white on their colour has a contrast of 4.5 or more", () => {
  const badges = [...STATUS_ORDER.map(statusBadge), healthBadge("ok"), healthBadge("error")];
  for (const { badge = "#ffffff" } of badges) assert(contrastWithWhite(badge) >= 4.5, badge);
});

test("hasEnded() counts unknown and new statuses as not ended", () => {
  assertEquals(["finished", "failed", "canceled"].map(hasEnded), [true, true, true]);
  assertEquals(["created", "queued", "running", "unknown", "paused"].some(hasEnded), false);
});

/** WCAG 2, relative luminance. */
function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
