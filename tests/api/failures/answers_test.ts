// What a person reads when the service says no: a row for each kind of answer, kept in answers.txt, which is to be read
// line by line when it changes. UPDATE=1 writes it anew.
import { assert, assertEquals } from "@std/assert";
import { AuthenticatedClient, HttpError } from "../../../mod.ts";
import { test } from "../../support/test.ts";
import { type Answer, ANSWERS, ask } from "./answers.ts";

const GOLDEN = new URL("./answers.txt", import.meta.url);

async function errorOf({ asked, status, body, headers, token }: Answer): Promise<HttpError> {
  const client = new AuthenticatedClient({
    baseUrl: "https://dispatch.example.test",
    token: token ?? "t0ken",
    retry: false,
    fetch: () =>
      Promise.resolve(
        typeof body === "string"
          ? new Response(body === "" ? null : body, { status, ...(headers && { headers }) })
          : Response.json(body, { status, ...(headers && { headers }) }),
      ),
  });
  try {
    await ask(client, asked);
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
  throw new Error(`${asked} ${status} succeeded`);
}

const errors = await Promise.all(ANSWERS.map(async (answer) => ({
  answer,
  error: await errorOf(answer),
})));

/** An error as a person reads it, with its class and outcome. */
function written({ name, outcome, message, requestId = "" }: HttpError): string {
  const text = message.split("\n").filter((line) => !line.includes("Request id:")).join("\n");
  assert(message.endsWith(`Request id: ${requestId}`), message);
  return `${name}${outcome === undefined ? "" : ` · ${outcome}`}\n${text}`;
}

test("every answer of the service and its platforms is told as answers.txt says", async () => {
  const text = `${errors.map(({ error }) => written(error)).join("\n\n")}\n`;
  if (Deno.env.get("UPDATE") === "1") await Deno.writeTextFile(GOLDEN, text);
  assertEquals(text.split("\n\n"), (await Deno.readTextFile(GOLDEN)).split("\n\n"));
});

test("no hint says to wait for what does not pass by itself", () => {
  for (const { error } of errors) {
    if (!/\bwait\b|in a few minutes/i.test(error.hint ?? "")) continue;
    const [, by, status = ""] = /: (\S+|the \w+) answered (\d{3})/.exec(error.message) ?? [];
    const own = by === "the service" && !error.message.includes("Reason given");
    const passes = (/^(?:429|50[0234]|52[0-4])$/.test(status) && (own || by !== "the service")) ||
      /ConcurrentJobLimit|Lost connection|Fail to fetch/.test(error.message);
    assert(passes, error.message);
  }
});

test("no hint says to try again what may have been made, but to look first", () => {
  for (const { error } of errors) {
    if (error.outcome !== "unknown") {
      assert(!error.message.includes("may exist"), error.message);
      continue;
    }
    const [before = "", look] = (error.hint ?? "").split("before you try again, ");
    assert(look !== undefined && !/try again|send it again/.test(before), error.message);
  }
});

test("no message is a wall, shows a tag, a header, SQL or a traceback", () => {
  for (const { error } of errors) {
    const [headline = ""] = error.message.split("\n");
    assert(headline.length < 300, headline);
    assert(
      !/<\/?\w+>|HTTPHeaderDict|\[SQL|ivan|Traceback|sid=1|\{"/.test(error.message),
      error.message,
    );
  }
});
