import { assertEquals, assertThrows } from "@std/assert";
import { attachCost, costOfJobs } from "../../src/models/cost.ts";
import { test } from "../support/test.ts";

test("attachCost() tells a request its price, where nobody sees it", () => {
  const request = attachCost({ parameters: { bands: ["B04"] } }, (jobs) => ({
    amount: 2 * jobs.length,
    unit: "credits",
    basis: `2 credits × ${jobs.length}`,
  }));
  assertEquals(costOfJobs(request, [{}, {}, {}]), {
    amount: 6,
    unit: "credits",
    basis: "2 credits × 3",
  });
  assertEquals(request, { parameters: { bands: ["B04"] } });
  assertEquals(JSON.stringify(request), '{"parameters":{"bands":["B04"]}}');
  assertEquals(costOfJobs({ ...request }, [{}]), undefined);
});

test("costOfJobs() has nothing to say of a request that knows no price, and takes no other thing for a cost", () => {
  assertEquals(costOfJobs({ parameters: {} }, [{}]), undefined);
  const key = Symbol.for("@apex-dispatch/client.cost");
  const odd = (value: unknown) => ({ parameters: {}, [key]: () => value });
  for (
    const value of [5, null, {}, { basis: 5 }, { basis: "", amount: "5" }, { basis: "", unit: 5 }]
  ) {
    assertEquals(costOfJobs(odd(value), [{}]), undefined);
  }
  assertEquals(costOfJobs(odd({ basis: "free" }), [{}]), { basis: "free" });
  assertThrows(
    () =>
      costOfJobs(
        attachCost({ parameters: {} }, () => {
          throw new RangeError("no area");
        }),
        [],
      ),
    RangeError,
    "no area",
  );
});
