import { assertEquals, assertRejects } from "@std/assert";
import { DispatchError } from "../../../src/core/dispatch_error.ts";
import { type Confirm, confirmed } from "../../../src/api/check/confirm.ts";
import { test } from "../../support/test.ts";

const PLAN = { amount: 12 };
const base = { question: "Submit 12 jobs?", headline: "Cannot upscale the area" };
const noOne = null;

test("confirmed() asks a function, and takes nothing but true for yes", async () => {
  const plans: unknown[] = [];
  const answers: readonly [Confirm<typeof PLAN>, boolean][] = [
    [(plan) => {
      plans.push(plan);
      return true;
    }, true],
    [() => Promise.resolve(true), true],
    [() => false, false],
    [() => Object("yes"), false],
  ];
  for (const [confirm, expected] of answers) {
    assertEquals(await confirmed(PLAN, { ...base, confirm, ask: noOne }), expected);
  }
  assertEquals(plans, [PLAN]);
});

test("confirmed() asks nobody when it is told so", async () => {
  assertEquals(await confirmed(PLAN, { ...base, confirm: false, ask: noOne }), true);
});

test("confirmed() asks whoever sits there, and takes nothing but yes for yes", async () => {
  const questions: string[] = [];
  const answer = (text: string, confirm?: true) =>
    confirmed(PLAN, {
      ...base,
      confirm,
      ask: (question) => {
        questions.push(question);
        return text;
      },
    });
  const answers = ["yes", " Y ", "no", "", "yesterday"];
  assertEquals(await answer("no", true), false);
  assertEquals(await answer("yes", true), true);
  questions.length = 0;
  assertEquals(await Promise.all(answers.map((text) => answer(text))), [
    true,
    true,
    false,
    false,
    false,
  ]);
  assertEquals(
    questions[0],
    "Submit 12 jobs? Type yes to submit, anything else to leave it:",
  );
});

test("confirmed() refuses where nobody can be asked, and says what to do", async () => {
  const error = await assertRejects(
    () => confirmed(PLAN, { ...base, confirm: undefined, ask: noOne }),
    DispatchError,
  );
  assertEquals(
    error.message,
    "Cannot upscale the area: nobody can be asked here, and nothing was submitted\n" +
      "  What to do: pass confirm: false if it may be submitted without asking",
  );
});

test("confirmed() takes the end of the input for no answer", async () => {
  for (const ask of [() => null, () => Promise.resolve(null)]) {
    const error = await assertRejects(
      () => confirmed(PLAN, { ...base, confirm: undefined, ask }),
      DispatchError,
      "Cannot upscale the area: the input ended without an answer, and nothing was submitted",
    );
    assertEquals(error.hint, "pass confirm: false if it may be submitted without asking");
  }
});

test("promptAtHand() is nobody where there is no terminal and no notebook", async () => {
  const script = `
    import { promptAtHand } from ${
    JSON.stringify(new URL("../../../src/api/check/confirm.ts", import.meta.url).href)
  };
    console.log(promptAtHand() === null);
  `;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--no-prompt",
      "--import-map",
      new URL("../../import_map.npm.json", import.meta.url).href,
      `data:text/javascript,${encodeURIComponent(script)}`,
    ],
    stdin: "null",
  }).output();
  assertEquals(new TextDecoder().decode(stdout), "true\n");
});

test("confirmed() gives up with the signal's reason while somebody thinks", async () => {
  const giving = new AbortController();
  const reason = new Error("enough");
  const thinking = confirmed(PLAN, {
    ...base,
    confirm: () => new Promise(() => {}),
    signal: giving.signal,
  });
  giving.abort(reason);
  assertEquals(await assertRejects(() => thinking), reason);
});
