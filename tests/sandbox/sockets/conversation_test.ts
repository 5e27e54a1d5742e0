import { assertEquals } from "@std/assert";
import { internalError, jsonAnswer } from "../../../src/sandbox/server/answers.ts";
import { conversation, type Step } from "../../../src/sandbox/sockets/conversation.ts";
import { test } from "../../support/test.ts";

async function take(steps: AsyncIterable<Step>, count = Infinity): Promise<Step[]> {
  const taken: Step[] = [];
  for await (const step of steps) {
    taken.push(step);
    if (taken.length === count) break;
  }
  return taken;
}

const INIT = '{"type":"init","data":null,"message":"Starting status stream"}';

const LOADING = '{"type":"loading","data":null,"message":"Starting retrieval of status"}';

test("conversation() tells the same again and again, with pauses", async () => {
  let asked = 0;
  const ask = () => Promise.resolve(jsonAnswer(200, { asked: ++asked }));
  const steps = await take(conversation({ ask, interval: 3, taskId: undefined }), 7);
  const status = (count: number) => `{"type":"status","data":{"asked":${count}},"message":null}`;
  assertEquals(steps, [
    { kind: "send", text: INIT },
    { kind: "send", text: LOADING },
    { kind: "send", text: status(1) },
    { kind: "pause", milliseconds: 3000 },
    { kind: "send", text: LOADING },
    { kind: "send", text: status(2) },
    { kind: "pause", milliseconds: 3000 },
  ]);
});

test("conversation() ends with the words and the code of a failure, and names the task", async () => {
  const ask = () => Promise.resolve(internalError("c-1", 'It "failed"', "the reason"));
  const steps = await take(conversation({ ask, interval: 1, taskId: 7 }));
  assertEquals(steps, [
    { kind: "send", text: INIT.replace("}", ',"task_id":7}') },
    { kind: "send", text: LOADING.replace("}", ',"task_id":7}') },
    {
      kind: "send",
      text: '{"type":"error","data":null,"message":"It \\"failed\\"","task_id":7}',
    },
    { kind: "close", code: 1011, reason: "INTERNAL_ERROR" },
  ]);
});
