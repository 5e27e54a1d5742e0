import { assert, assertEquals } from "@std/assert";
import { layersAsOne } from "../../../../src/results/preview/several/mosaic_layers.ts";
import { test } from "../../../support/test.ts";

const plain = { name: "a", scale: 1, offset: 0 };
const first = { noData: 0, bands: [plain] };
const bytes = (...values: number[]) => Uint8Array.from(values);

test("layersAsOne() keeps bytes as bytes where all are stored alike", () => {
  const whole = layersAsOne(
    [
      { file: first, bands: [0], layers: [bytes(1, 2)], alpha: undefined },
      { file: first, bands: [0], layers: [bytes(0, 4)], alpha: undefined },
    ],
    first,
    [0],
  );
  assert(whole.layers[0] instanceof Uint8Array);
  assertEquals([...Array.from(whole.layers[0] ?? [])], [1, 2, 0, 4]);
  assertEquals([whole.noData, whole.alpha, whole.starts], [0, undefined, [0, 2]]);
});

test("layersAsOne() gives values as the first raster stores them, and none where a raster has none", () => {
  const scaled = { noData: -1, bands: [{ name: "a", scale: 0.5, offset: 1 }] };
  const whole = layersAsOne(
    [
      { file: first, bands: [0], layers: [[1, 0]], alpha: undefined },
      { file: scaled, bands: [0], layers: [[4, -1]], alpha: [0, 255] },
    ],
    first,
    [0],
  );
  assertEquals(Array.from(whole.layers[0] ?? []), [1, NaN, 3, NaN]);
  assertEquals(whole.noData, undefined);
  assertEquals(Array.from(whole.alpha ?? []), [1, 1, 0, 255]);
});
