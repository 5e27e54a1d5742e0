import { assertEquals } from "@std/assert";
import type { ProcessingStatusEnum, Sandbox } from "../../../src/sandbox/mod.ts";
import { test } from "../../support/test.ts";
import { listen, type Listening } from "../listen.ts";
import { at, listAt, send, type Stage, stage } from "../support.ts";

/** One recorded conversation. */
interface Conversation {
  /** The path with its query, its numbers those of the recording. */
  readonly path: string;
  /** The messages, each with the second it came in. */
  readonly messages: readonly { readonly at: number; readonly text: string }[];
  /** How the service closed it; none if the client did. */
  readonly closed: { readonly code: number; readonly reason: string } | undefined;
}

async function recording(name: string): Promise<Conversation> {
  const url = new URL(`../../fixtures/sandbox_ws_${name}.txt`, import.meta.url);
  const text = await Deno.readTextFile(url);
  const closed = /closed by server: code=(\d+) reason='(\w*)'/.exec(text);
  return {
    path: /^WS (\S+)$/m.exec(text)?.[1] ?? "",
    messages: [...text.matchAll(/^ *([\d.]+)s <- (.*)$/gm)].map(([, seconds, message = ""]) => ({
      at: Number(seconds),
      text: message,
    })),
    closed: closed === null ? undefined : { code: Number(closed[1]), reason: closed[2] ?? "" },
  };
}

/** The recorded work, each part with the number it has in the sandbox. */
const NUMBERS: ReadonlyMap<string, number> = new Map([["71", 1], ["72", 2], ["73", 3], ["18", 1]]);

const SERVICE = {
  endpoint: "http://127.0.0.1:18081",
  namespace: "ns1",
  application: "water",
};
const SCENARIO = { accept_s: 2, run_s: 3 };

/** A stage with the work that was there when the recordings were made, all of it created. */
async function recordedStage(): Promise<Stage> {
  const on = stage({ lenient: true });
  const common = { label: "ogc_api_process", service: SERVICE, format: "geojson" };
  await send(on.sandbox, "POST /unit_jobs", {
    json: { ...common, title: "ogc job", parameters: { scenario: SCENARIO } },
  });
  await send(on.sandbox, "POST /upscale_tasks", {
    json: {
      ...common,
      title: "wstask",
      parameters: { a: 1 },
      dimension: { name: "scenario", values: [SCENARIO, { accept_s: 1, run_s: 2 }] },
    },
  });
  on.clock.advance(1000);
  for (const job of [1, 2, 3]) on.sandbox.setStatus(job, "created");
  return on;
}

/** A message with the sandbox's numbers and without times, read and put in one order of keys. */
function comparable(text: string): unknown {
  return JSON.parse(text, (key, value) => {
    if (key === "id" || key === "task_id") return NUMBERS.get(String(value)) ?? value;
    return key === "created" || key === "updated" ? String(value).replace(/\d/g, "0") : value;
  });
}

/** The keys of a message in the order they came in. */
function keyOrder(text: string): string[] {
  return [...text.matchAll(/"(\w+)":/g)].map(([, key = ""]) => key);
}

/** Sets the work to what a recorded message tells of it. */
function arrange(sandbox: Sandbox, text: string): void {
  const message: unknown = JSON.parse(text);
  if (at(message, "type") !== "status") return;
  const task = at(message, "task_id") === undefined
    ? at(message, "data", "upscaling_tasks", 0)
    : at(message, "data");
  if (task !== undefined) {
    for (const job of [2, 3]) sandbox.setStatus(job, statusOf(task));
  }
  if (
    at(message, "task_id") === undefined && listAt(message, "data", "processing_jobs").length > 0
  ) {
    sandbox.setStatus(1, statusOf(at(message, "data", "processing_jobs", 0)));
  }
}

function statusOf(work: unknown): ProcessingStatusEnum {
  const status = at(work, "status");
  if (status === "created" || status === "running" || status === "finished") return status;
  throw new Error(`no status to set: ${status}`);
}

/** Holds a stream against a recording, message by message; what the work is like comes from there. */
async function compare(on: Stage, { messages }: Conversation, stream: Listening): Promise<void> {
  for (const [index, { text }] of messages.entries()) {
    const next = messages[index + 1];
    const received = await stream.next();
    assertEquals(comparable(received), comparable(text), `message ${index + 1}`);
    assertEquals(keyOrder(received), keyOrder(text), `message ${index + 1}`);
    if (at(JSON.parse(text), "type") === "status" && next !== undefined) {
      arrange(on.sandbox, messages[index + 2]?.text ?? "null");
      assertEquals(Math.floor(next.at - (messages[index]?.at ?? 0)), 1);
      on.clock.advance(1000);
    }
  }
}

for (const name of ["jobs_interval1", "jobs_filter_processing", "task_interval1"]) {
  test(`a stream speaks as in the recording ${name}, until the client leaves`, async () => {
    await using on = await recordedStage();
    const recorded = await recording(name);
    arrange(on.sandbox, recorded.messages[2]?.text ?? "null");
    const stream = listen(on.sandbox, recorded.path.replace("/18?", "/1?"));
    await compare(on, recorded, stream);
    assertEquals(recorded.closed, undefined);
    stream.socket.close(1000);
    assertEquals(await stream.closed, { code: 1000, reason: "", wasClean: true });
  });
}

for (const name of ["jobs_bad_token", "jobs_token_expires", "task_unknown"]) {
  test(`a stream speaks as in the recording ${name}, until it closes`, async () => {
    await using on = await recordedStage();
    const recorded = await recording(name);
    const expires = name === "jobs_token_expires";
    arrange(on.sandbox, recorded.messages[2]?.text ?? "null");
    const token = expires ? on.sandbox.issueToken({ expiresIn: 4000 }) : undefined;
    const stream = listen(on.sandbox, recorded.path, token);
    await compare(on, recorded, stream);
    assertEquals(await stream.closed, { ...recorded.closed, wasClean: true });
    assertEquals(recorded.messages.length, expires ? 11 : 3);
  });
}
