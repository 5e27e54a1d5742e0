import { PassThrough } from "node:stream";
import { assertEquals, assertRejects } from "@std/assert";
import { lineFrom } from "../../../src/auth/flows/paste.ts";
import { signInWith } from "../../../src/auth/sign_in.ts";
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
  await using sandbox = quickSandbox();
  const around = surroundings(undefined, { somebodyHere: () => Promise.resolve(false) });
  const error = await assertRejects(
    () => signInWith({ ...at(sandbox), store: "memory", flow: "paste" }, around),
    SignInError,
    "fromEnvironment",
  );
  assertEquals(error.reason, "nobody");
  // It is known before anything is shown, or asked of the sign-in service.
  assertEquals([around.prompts.length, around.outcomes[0]?.ok, sandbox.requests.length], [
    0,
    false,
    0,
  ]);
});

test("pasteFlow() says that no address came back, from a line or from onPrompt", async () => {
  const error = await assertRejects(() => pasting(() => undefined), SignInError, "no address");
  assertEquals(error.reason, "nobody");
  await using sandbox = quickSandbox();
  for (const given of [undefined, "", 5]) {
    const onPrompt = () => JSON.parse(JSON.stringify({ given }))["given"];
    const options = { ...at(sandbox), store: "memory", flow: "paste", onPrompt } as const;
    // Whoever hands it back himself does not have to be in a terminal.
    const around = surroundings(undefined, { somebodyHere: () => Promise.resolve(false) });
    await assertRejects(() => signInWith(options, around), SignInError, "onPrompt");
  }
});

test("pasteFlow() says that a browser cannot end at what is no address", async () => {
  await using sandbox = quickSandbox();
  const options = { ...at(sandbox), store: "memory", flow: "paste", redirectUri: "foo" } as const;
  const error = await assertRejects(
    () => signInWith(options, surroundings()),
    SignInError,
    "option redirectUri",
  );
  assertEquals(error.reason, "flow");
});

test("isSomebodyHere() finds nobody where there is neither a notebook nor a terminal", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--no-lock",
      "--no-config",
      "--import-map",
      new URL("../../import_map.npm.json", import.meta.url).pathname,
      `import { isSomebodyHere } from ${
        JSON.stringify(new URL("../../../src/auth/flows/paste.ts", import.meta.url).href)
      };
       console.log(await isSomebodyHere());`,
    ],
    stdin: "null",
    stderr: "inherit",
  }).output();
  assertEquals(new TextDecoder().decode(stdout).trim(), "false");
});

test("lineFrom() takes a line, the end of the input, and Ctrl+C, each for what it is", async () => {
  const typing = async (keys: string) => {
    const input = new PassThrough();
    const output = new PassThrough();
    const line = lineFrom({ input, output, terminal: true }, new AbortController().signal);
    output.on("data", (part) => {
      if (String(part).includes("ended:")) input.write(keys);
    });
    try {
      return await line;
    } finally {
      input.destroy();
      output.destroy();
    }
  };
  assertEquals(await typing("http://localhost/\r"), "http://localhost/");
  assertEquals(await typing("\x04"), undefined);
  const error = await assertRejects(() => typing("\x03"), SignInError, "nobody is signed in");
  assertEquals(error.reason, "stopped");
});

test("lineFrom() ends at once when its signal aborts", async () => {
  const aborting = new AbortController();
  const input = new PassThrough();
  const output = new PassThrough();
  output.once("data", () => aborting.abort(new Error("enough")));
  await assertRejects(() => lineFrom({ input, output, terminal: true }, aborting.signal));
  input.destroy();
  output.destroy();
});
