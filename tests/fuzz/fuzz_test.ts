import { assert, assertEquals, assertRejects } from "@std/assert";
import { test } from "../support/test.ts";
import { fuzz } from "./fuzz.ts";
import { kinds } from "./kinds.ts";
import { anything, garbled, mutated } from "./mutate.ts";
import { randomFrom } from "./random.ts";

/** How many inputs of each kind are part of the gate. */
const EACH = 200;

for (const kind of Object.keys(kinds)) {
  test(`fuzz() finds nothing in ${EACH} ${kind}`, async () => {
    const { counts, failure } = await fuzz({
      seed: 20_261_123,
      goesOn: (inputs) => inputs < EACH,
      only: [kind],
    });
    if (failure !== undefined) {
      const again = `deno task fuzz --kind=${kind} --seed=${failure.seed} --inputs=1`;
      throw new Error(again, { cause: failure.error });
    }
    assertEquals([...counts], [[kind, EACH]]);
  });
}

test("fuzz() refuses a kind that there is none of", async () => {
  await assertRejects(
    () => fuzz({ seed: 1, goesOn: () => true, only: ["nothing"] }),
    RangeError,
    "answers, frames",
  );
});

test("randomFrom() brings the same from the same seed, and something else from another", () => {
  const three = (seed: number) => {
    const random = randomFrom(seed);
    return [random.next(), random.below(1000), random.pick(["a", "b", "c"])];
  };
  assertEquals(three(7), three(7));
  assert(JSON.stringify(three(7)) !== JSON.stringify(three(8)));
});

test("mutated(), anything() and garbled() change what they are given, the same way for a seed", () => {
  const sample = { a: [1, 2, { b: "text" }], c: null };
  const made = (seed: number) => {
    const random = randomFrom(seed);
    const text = JSON.stringify(sample);
    return JSON.stringify([mutated(random, sample, 0.5), anything(random), garbled(random, text)]);
  };
  assertEquals(made(3), made(3));
  assert(new Set(Array.from({ length: 50 }, (_, seed) => made(seed))).size > 40);
});
