import { assert, assertEquals } from "@std/assert";
import { creationOf } from "../../../src/api/failures/creation.ts";
import { test } from "../../support/test.ts";

test("creationOf() names what can be looked for on that kind of platform", () => {
  assertEquals(creationOf("job", { label: "openeo" }), {
    what: "job",
    where:
      "look for its title in client.jobsStatus.get(), and in the platform's own list of your jobs",
  });
  const { where } = creationOf("job", { label: "ogc_api_process" });
  assert(where.includes("ids above the last one you know") && where.includes("knows no titles"));
  const after = creationOf("job", { label: "ogc_api_process", newest: 41 }).where;
  assert(after.includes("among the ids above 41, the highest that this client knew before"), after);
  assert(!after.includes("last one you know"), after);
  assertEquals(creationOf("task", { label: "openeo" }).what, "task");
  assert(creationOf("result").where.includes("keeps none of synchronous ones"));
});
