import { assert, assertEquals } from "@std/assert";
import { LONGEST_MESSAGE, tooLong } from "../../../src/live/stream/socket_events.ts";
import { test } from "../../support/test.ts";

test("LONGEST_MESSAGE has room for a task of 10,000 jobs with an area each", () => {
  const job = {
    id: 10_000,
    title: "Vegetation index of Belgium, growing season 2025 - Processing Job 10000",
    label: "ogc_api_process",
    status: "finished",
    service: {
      endpoint: "https://openeofed.dataspace.copernicus.eu",
      namespace: null,
      application: `https://raw.githubusercontent.com/${"a".repeat(110)}.json`,
    },
    parameters: {
      spatial_extent: {
        type: "Polygon",
        coordinates: [Array(5).fill([104.123456, -51.123456])],
      },
      temporal_extent: ["2025-05-01", "2025-09-30"],
      bands: ["B02", "B03", "B04", "B08"],
    },
  };
  assert(10_000 * JSON.stringify(job).length < LONGEST_MESSAGE);
});

test("tooLong() says how long a message is, and how long it may be", () => {
  assertEquals(
    tooLong(50_000_000),
    "the service sent a message of 50 MB through the WebSocket, which takes 8.0 MB at the most",
  );
});
