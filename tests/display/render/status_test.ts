import { assert, assertEquals } from "@std/assert";
import { healthBadge, statusBadge } from "../../../src/display/render/status.ts";
import { STATUS_ORDER } from "../../../src/map/status.ts";
import { hasEnded } from "../../../src/models/jobs.ts";
import { ProcessingStatusEnum } from "../../../src/models/jobs.ts";
import { test } from "../../support/test.ts";

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
