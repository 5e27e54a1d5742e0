import { assertEquals, assertRejects } from "@std/assert";
import { signInWith } from "../../../src/auth/sign_in.ts";
import { askForLine } from "../../../src/auth/flows/paste.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { test } from "../../support/test.ts";
import { at, quickSandbox, surroundings } from "../support/around.ts";

async function pasting(
  lines: (url: string) => (string | undefined) | Promise<string | undefined>,
  count = { asked: 0 },
) {
  await using sandbox = quickSandbox({ identity: { approveAll: true } });
  const around = surroundings(undefined, {
    askForLine: ({ url }) => {
      count.asked++;
      return Promise.resolve(lines(url));
    },
  });
  const session = await signInWith({ ...at(sandbox), store: "memory", flow: "paste" }, around);
  return { session, around };
}

async function endOf(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: "manual" });
  await answer.body?.cancel();
  return answer.headers.get("location") ?? "";
}

test("pasteFlow() takes the address at which the browser ended, in quotes and spaces too", async () => {
  const { session } = await pasting(async (url) => `  "${await endOf(url)}" `);
  assertEquals(session.user, "ada");
});

test("pasteFlow() asks three times for an address that fits, and says why it does not", async () => {
  const count = { asked: 0 };
  const error = await assertRejects(
    () => pasting(() => "http://localhost:8000/callback?code=x&state=of-another", count),
    SignInError,
    "another sign-in",
  );
  assertEquals([error.reason, count.asked], ["refused", 3]);
});

test("pasteFlow() says what does without a person where there is nobody to ask", async () => {
  const error = await assertRejects(() => pasting(() => undefined), SignInError, "fromEnvironment");
  assertEquals(error.reason, "nobody");
});

test("askForLine() asks nobody where there is neither a notebook nor a terminal", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--no-lock",
      "--no-config",
      "--import-map",
      new URL("../../import_map.npm.json", import.meta.url).pathname,
      `import { askForLine } from ${
        JSON.stringify(new URL("../../../src/auth/flows/paste.ts", import.meta.url).href)
      };
       console.log(await askForLine({ kind: "paste", url: "" }, new AbortController().signal));`,
    ],
    stdin: "null",
    stderr: "inherit",
  }).output();
  assertEquals(new TextDecoder().decode(stdout).trim(), "undefined");
  assertEquals(typeof askForLine, "function");
});
