import { assertEquals } from "@std/assert";
import {
  allWords,
  creates,
  type Failure,
  hintOf,
  says,
} from "../../../src/api/failures/failure.ts";
import { test } from "../../support/test.ts";

const FAILURE: Failure = {
  name: "unitJobs.create",
  status: 500,
  message: "It broke.",
  reason: "wire",
};

test("allWords() puts message and reason together, and no more than rules should read", () => {
  assertEquals(allWords(FAILURE), "It broke. wire");
  assertEquals(allWords({ ...FAILURE, reason: "x".repeat(9_000) }).length, 4_000);
});

test("creates() knows the calls that make a job or a task", () => {
  const names = ["unitJobs.create", "unitJobs.createSync", "upscaleTasks.create", "unitJobs.get"];
  assertEquals(names.map((name) => creates({ ...FAILURE, name })), [true, true, true, false]);
});

test("hintOf() takes the first rule that fits", () => {
  const rules = [
    { when: says(/water/), hint: "no" },
    { when: says(/wire/), hint: ({ status }: Failure) => `mend ${status}` },
    { when: () => true, hint: "late" },
  ];
  assertEquals(hintOf(rules, FAILURE), "mend 500");
  assertEquals(hintOf(rules.slice(0, 1), FAILURE), undefined);
});
