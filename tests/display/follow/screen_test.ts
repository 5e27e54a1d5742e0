import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type Frame,
  kernelAtHand,
  logScreen,
  notebookScreen,
  screenAtHand,
  terminalScreen,
} from "../../../src/display/follow/screen.ts";
import { displayable } from "../../../src/display/render/displayable.ts";
import { bell } from "../../support/bell.ts";
import { test } from "../../support/test.ts";
import { widthOf } from "../check_text.ts";
import { playScene } from "./run_child.ts";
import { fakeKernel } from "./watching.ts";

test("kernelAtHand() finds none outside a notebook, and does not fail for that", () => {
  assertEquals(kernelAtHand(), undefined);
});

test("showNow() prints the text where there is no kernel", async () => {
  const { lines, errors, code } = await playScene("show");
  assertEquals([lines, errors, code], [["! A remark"], "", 0]);
});

function frame(line: string): Frame {
  return { line, view: displayable(() => [{ kind: "note", tone: "plain", lines: [line] }]) };
}

/** A terminal of so many columns, which keeps what is written to it. */
function terminal(columns: number, colors = false) {
  const written: string[] = [];
  const out = {
    writeSync(bytes: Uint8Array) {
      written.push(new TextDecoder().decode(bytes));
      return bytes.length;
    },
  };
  return { written, screen: terminalScreen(out, { columns: () => columns, colors }) };
}

const CLEAR = "\r\x1b[2K";

test("notebookScreen() shows one output, and updates it from then on", async () => {
  const kernel = fakeKernel();
  const screen = notebookScreen(kernel);
  for (const line of ["one", "two", "three"]) await screen.show(frame(line));
  await screen.close();
  const [first, ...rest] = kernel.messages;
  assert(typeof first?.id === "string" && first.id.length >= 32);
  assertEquals(first?.type, "display_data");
  assertEquals(rest.map(({ type, id }) => [type, id === first?.id]), [
    ["update_display_data", true],
    ["update_display_data", true],
  ]);
  assertEquals(rest.at(-1)?.bundle["text/plain"], "three");
  assertEquals(Object.keys(first?.bundle ?? {}).sort(), [
    "text/html",
    "text/markdown",
    "text/plain",
  ]);
});

test("notebookScreen() takes an output of its own each time", async () => {
  const kernel = fakeKernel();
  for (let times = 0; times < 2; times++) await notebookScreen(kernel).show(frame("x"));
  assertEquals(new Set(kernel.messages.map(({ id }) => id)).size, 2);
});

test("notebookScreen() begins again when the first frame did not get through", async () => {
  const kernel = fakeKernel();
  let refusals = 1;
  const screen = notebookScreen({
    broadcast: (type, content) =>
      refusals-- > 0 ? Promise.reject(new Error("busy")) : kernel.broadcast(type, content),
  });
  await assertRejects(() => screen.show(frame("one")), Error, "busy");
  await screen.show(frame("two"));
  assertEquals(kernel.messages.map(({ type }) => type), ["display_data"]);
});

test("notebookScreen() gives the kernel 50 ms to pass on the last frame", async () => {
  const screen = notebookScreen(fakeKernel());
  await screen.show(frame("last"));
  using before = bell(48);
  await screen.close();
  assert(before.rung);
});

test("terminalScreen() rewrites one line, and leaves the last one in full", async () => {
  const { written, screen } = terminal(20);
  await screen.show(frame("job 42: running for a long time"));
  await screen.show(frame("job 42: finished"));
  await screen.show(frame("job 42: finished in the end"));
  await screen.close();
  assertEquals(written, [
    `${CLEAR}job 42: running fo…`,
    `${CLEAR}job 42: finished`,
    `${CLEAR}job 42: finished i…`,
    `${CLEAR}job 42: finished in the end\n`,
  ]);
});

const LEAD = [{ text: "███", badge: "#1a7f37" }, { text: "✗", badge: "#b42318" }];

test("terminalScreen() draws the bar in its colours, and leaves it out where words need the room", async () => {
  const draw = async (columns: number, colors: boolean) => {
    const { written, screen } = terminal(columns, colors);
    await screen.show({ ...frame("task 7: 3 of 4 jobs finished"), lead: LEAD });
    return written[0]?.replace(CLEAR, "");
  };
  assertEquals(await draw(80, false), "███✗  task 7: 3 of 4 jobs finished");
  assertEquals(
    await draw(80, true),
    "\x1b[32m███\x1b[0m\x1b[31m✗\x1b[0m  task 7: 3 of 4 jobs finished",
  );
  assertEquals(await draw(40, true), "task 7: 3 of 4 jobs finished");
});

test("terminalScreen() leaves what is to be copied on a line of its own, however long", async () => {
  const { written, screen } = terminal(60);
  const call =
    `Take it up again with await follow(client.upscaleTasks.watch(7, { expectedJobs: 12 }))`;
  await screen.show({ ...frame("task 7: stopped"), lead: LEAD, afterwords: [call] });
  await screen.close();
  assertEquals(written.at(-1), `${CLEAR}███✗  task 7: stopped\n${call}\n`);
});

test("terminalScreen() never fills the line, whatever takes two columns", async () => {
  for (const columns of [2, 10, 33, 80]) {
    const { written, screen } = terminal(columns);
    for (const line of ["農業監測".repeat(30), "👩‍🌾 x ".repeat(30), "e\u0301".repeat(90)]) {
      await screen.show(frame(line));
    }
    for (const text of written) {
      assert(widthOf(text.replace(CLEAR, "")) < columns, `${columns} columns: ${text}`);
    }
  }
});

test("terminalScreen() takes 80 columns for a terminal that does not tell", async () => {
  const { written, screen } = terminal(0);
  await screen.show(frame("x".repeat(200)));
  assertEquals(written[0]?.length, CLEAR.length + 79);
});

test("terminalScreen() lets no text command the terminal", async () => {
  const { written, screen } = terminal(80);
  await screen.show(frame("job\n42\r\x1b[31m \x1b]0;title\x07 red \u202e \x9b2J"));
  await screen.close();
  assertEquals(written, [`${CLEAR}job 42 red`, `${CLEAR}job 42 red\n`]);
});

test("terminalScreen() leaves no line where nothing was shown", async () => {
  const { written, screen } = terminal(80);
  await screen.close();
  assertEquals(written, []);
});

test("logScreen() writes each line, clean, and wants none for the clock", async () => {
  const lines: string[] = [];
  const screen = logScreen((line) => void lines.push(line));
  await screen.show(frame("job 42: queued"));
  await screen.show(frame("job 42:\nrunning \x1b[31m"));
  await screen.close();
  assertEquals(lines, ["job 42: queued", "job 42: running"]);
  assertEquals([screen.redraws, screen.pictures], [false, false]);
});

test("screenAtHand() is a terminal's line or a log outside a notebook", () => {
  const { redraws, pictures } = screenAtHand();
  assertEquals(pictures, false);
  assertEquals(redraws, Deno.stdout.isTerminal());
});
