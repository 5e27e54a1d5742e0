import { clean } from "../../core/redact.ts";
import { displayWidth, shorten } from "../../core/width.ts";
import { type Displayable, jupyterDisplay } from "../render/displayable.ts";
import { paintAnsi } from "../render/formats/text.ts";

/** What a Deno kernel offers to whoever wants to show something before a cell has ended. */
export interface Kernel {
  /** Sends a message of Jupyter's to every frontend. */
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
}

/** The kernel that runs this code, if one does: outside of one the mere mention throws. */
export function kernelAtHand(): Kernel | undefined {
  try {
    const kernel: unknown = Reflect.get(Deno, "jupyter");
    return isKernel(kernel) ? kernel : undefined;
  } catch {
    return undefined;
  }
}

function isKernel(value: unknown): value is Kernel {
  return typeof value === "object" && value !== null && "broadcast" in value &&
    typeof value.broadcast === "function";
}

/** Shows something at once, before the cell or the script goes on. */
export async function showNow(value: Displayable): Promise<void> {
  const kernel = kernelAtHand();
  if (kernel === undefined) return console.log(String(value));
  await kernel.broadcast("display_data", {
    data: value[jupyterDisplay](),
    metadata: {},
    transient: {},
  });
}

/** Where the frames of a live view go. */
export interface Screen {
  /** Whether a frame that only the clock has changed is worth showing. */
  readonly redraws: boolean;
  /** Whether a picture can be seen on it. */
  readonly pictures: boolean;
  /** Shows a frame in place of the one before. */
  show(frame: Frame): Promise<void>;
  /** Is told that no frame follows. */
  close(): Promise<void>;
}

/** A frame, for whichever screen shows it. */
export interface Frame {
  /** The frame in full. */
  readonly view: Displayable;
  /** The frame in one line. */
  readonly line: string;
  /** What stands before the line in a terminal: a bar, or the sign of a status, in its colours. */
  readonly lead?: readonly { readonly text: string; readonly badge?: string }[];
  /** What stands below the line, each by itself: what is to be copied must not be wrapped. */
  readonly afterwords?: readonly string[];
}

/** How long a kernel may take to pass on the last frame: what is sent just before a cell ends can be lost. */
const SETTLE = 50;

/** The screen at hand: a notebook's output, a terminal's last line, or a log. */
export function screenAtHand(): Screen {
  const kernel = kernelAtHand();
  if (kernel !== undefined) return notebookScreen(kernel);
  if (typeof Deno !== "undefined") {
    return Deno.stdout.isTerminal()
      ? terminalScreen(Deno.stdout, { colors: !Deno.noColor })
      : logScreen(console.log);
  }
  const out = nodeOutput();
  if (out?.isTTY !== true) return logScreen(console.log);
  const writer = { writeSync: (bytes: Uint8Array) => Number(out.write(bytes)) };
  return terminalScreen(writer, { columns: () => out.columns ?? DEFAULT_WIDTH });
}

/** The standard output of Node.js and Bun. */
interface NodeOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(bytes: Uint8Array): unknown;
}

function nodeOutput(): NodeOutput | undefined {
  const { stdout }: { stdout?: unknown } = Object(Reflect.get(globalThis, "process"));
  return isOutput(stdout) ? stdout : undefined;
}

function isOutput(value: unknown): value is NodeOutput {
  return typeof value === "object" && value !== null && "write" in value &&
    typeof value.write === "function";
}

/** One output of a notebook cell, which every frame updates. */
export function notebookScreen(kernel: Kernel): Screen {
  const transient = { display_id: crypto.randomUUID() };
  let shown = false;
  return {
    redraws: true,
    pictures: true,
    async show({ view }) {
      const data = view[jupyterDisplay]();
      const type = shown ? "update_display_data" : "display_data";
      await kernel.broadcast(type, { data, metadata: {}, transient });
      shown = true;
    },
    close: () => new Promise((resolve) => setTimeout(resolve, SETTLE)),
  };
}

/** How a terminal is written to. */
export interface TerminalOptions {
  /** How many columns it has. */
  readonly columns?: () => number;
  /** Whether it shows colours. */
  readonly colors?: boolean;
}

/** The least columns that are left to the words beside a bar; below, the bar folds away. */
const WORDS = 44;

/** One line of a terminal, which every frame rewrites; the last frame may take more than one. */
export function terminalScreen(
  out: { writeSync(bytes: Uint8Array): number },
  { columns = consoleWidth, colors = false }: TerminalOptions = {},
): Screen {
  const write = (text: string) => void out.writeSync(new TextEncoder().encode(text));
  let last: Frame | undefined;
  const draw = ({ line, lead = [] }: Frame, cut: boolean): string => {
    // A line that reaches the last column can be wrapped, and is no longer one.
    const room = (columns() || DEFAULT_WIDTH) - 1;
    const width = lead.reduce((sum, { text }) => sum + displayWidth(text), 0);
    const fits = width > 0 && room - width - 2 >= WORDS;
    const drawn = fits ? lead.map((piece) => colors ? paintAnsi(piece) : piece.text).join("") : "";
    const words = clean(line);
    return (fits ? `${drawn}  ` : "") +
      (cut ? shorten(words, room - (fits ? width + 2 : 0)) : words);
  };
  return {
    redraws: true,
    pictures: false,
    show(frame) {
      last = frame;
      write(`${REWRITE}${draw(frame, true)}`);
      return Promise.resolve();
    },
    close() {
      if (last === undefined) return Promise.resolve();
      const lines = [draw(last, false), ...(last.afterwords ?? []).map(clean)];
      write(`${REWRITE}${lines.join("\n")}\n`);
      return Promise.resolve();
    },
  };
}

/** Goes back to the beginning of a terminal's line and clears it. */
const REWRITE = "\r\x1b[2K";

/** The width of a terminal that does not tell its own. */
const DEFAULT_WIDTH = 80;

/** A log: one line for each change. */
export function logScreen(log: (line: string) => void): Screen {
  return {
    redraws: false,
    pictures: false,
    show: ({ line, afterwords = [] }) =>
      Promise.resolve([line, ...afterwords].forEach((text) => log(clean(text)))),
    close: () => Promise.resolve(),
  };
}

function consoleWidth(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return DEFAULT_WIDTH;
  }
}
