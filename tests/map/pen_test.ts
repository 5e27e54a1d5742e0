import { assertEquals } from "@std/assert";
import { createPen } from "../../src/map/pen.ts";
import { test } from "../support/test.ts";

test("createPen() writes rings and lines relative to one another, in tenths", () => {
  const pen = createPen();
  pen.moveTo(1, 2);
  pen.lineTo(3, 2);
  pen.lineTo(3, 1);
  pen.lineTo(1, 2);
  pen.closePath();
  pen.moveTo(10, 10);
  pen.lineTo(11, 12);
  assertEquals(pen.end(), "m10 20l20 0 0-10zm90 80l10 20");
});

test("createPen() leaves out points that are hardly further, but never the last", () => {
  const pen = createPen({ step: 1 });
  pen.moveTo(0, 0);
  for (let x = 0.1; x < 2.55; x += 0.1) pen.lineTo(x, 0);
  assertEquals(pen.end(), "m0 0l10 0 10 0 5 0");
});

test("createPen() leaves out rings that are tiny, or makes a square of them", () => {
  const draw = (tiny: "leave out" | "square") => {
    const pen = createPen({ tiny, least: 2 });
    pen.moveTo(5, 5);
    pen.lineTo(5.6, 5);
    pen.lineTo(5.6, 5.6);
    pen.closePath();
    return pen.end();
  };
  assertEquals([draw("leave out"), draw("square")], ["", "m43 43l20 0 0 20-20 0z"]);
});
