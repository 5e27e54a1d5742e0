import type { Health } from "../../../models/health.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, type Line, strong } from "../../render/document.ts";
import { healthBadge } from "../../render/status.ts";

/**
 * A card of how the service and its database are.
 *
 * @example
 * ```ts
 * import { healthCard } from "@apex-dispatch/client";
 * import { assertEquals } from "@std/assert";
 *
 * const health = { status: "error", database: { status: "error", message: "no connection" } };
 * assertEquals(String(healthCard(health)).split("\n"), [
 *   "Dispatch service  ✗ error",
 *   "Database  ✗ error  no connection",
 * ]);
 * ```
 */
export function healthCard(health: Health): Displayable {
  return displayable(() => healthBlocks(health));
}

/** The blocks of a card of the service's health. */
export function healthBlocks({ status, database }: Health): readonly Block[] {
  const line: Line = database.message
    ? [healthBadge(database.status), "  ", database.message]
    : healthBadge(database.status);
  return [{
    kind: "fields",
    caption: [strong("Dispatch service"), "  ", healthBadge(status)],
    fields: [{ label: "Database", lines: [line] }],
  }];
}
