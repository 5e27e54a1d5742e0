import type { Clock } from "../../core/waiting.ts";
import {
  type Kernel,
  kernelAtHand,
  logScreen,
  notebookScreen,
  type Screen,
  terminalScreen,
} from "../../display/follow/screen.ts";
import {
  type Outcome,
  outcomeView,
  promptLines,
  promptView,
  type QrCode,
  qrCode,
  type SignInPrompt,
  stateLine,
} from "./prompt.ts";

/** Where a prompt is shown, and replaced by how it ended. */
export interface PromptScreen {
  /** Whether a prompt is worth showing again when only the time has gone on. */
  readonly redraws: boolean;
  /** Shows a prompt in place of the one before. */
  show(prompt: SignInPrompt, remark?: string): Promise<void>;
  /** Shows how it ended in place of the prompt; nothing where no prompt was shown. */
  end(outcome: Outcome): Promise<void>;
}

/** What a script writes to: not to its output, which may go into a file. */
export interface Terminal {
  /** Whether somebody sees it. */
  readonly interactive: boolean;
  /** Its width. */
  readonly columns: number;
  /** Its height. */
  readonly rows: number;
  /** Writes as it is. */
  writeSync(bytes: Uint8Array): number;
  /** Writes a line. */
  log(line: string): void;
}

/** What a prompt screen is made of. */
export interface PromptScreenOptions {
  /** Where one signs in. */
  readonly where: string;
  /** What the time is read from. */
  readonly clock: Clock;
  /** The kernel, where the code runs in one. @default the one at hand */
  readonly kernel?: Kernel | undefined;
  /** The terminal, where it does not. @default the one at hand */
  readonly terminal?: Terminal;
}

/** The screen for a prompt: one output of a cell, or a terminal's lines of which the last one counts down. */
export function promptScreen(
  { where, clock, kernel = kernelAtHand(), terminal = terminalAtHand() }: PromptScreenOptions,
): PromptScreen {
  const screen: Screen = kernel !== undefined
    ? notebookScreen(kernel)
    : terminal.interactive
    ? terminalScreen(terminal, { columns: () => terminal.columns })
    : logScreen(terminal.log);
  let shown: string | undefined;
  let qr: { readonly of: string; readonly code: QrCode } | undefined;

  return {
    redraws: screen.redraws,
    async show(prompt, remark) {
      const address = prompt.kind === "device" ? prompt.completeUrl ?? prompt.url : prompt.url;
      if (prompt.kind === "device" && qr?.of !== address) {
        qr = { of: address, code: await qrCode(address) };
      }
      const room = kernel !== undefined ||
        terminal.interactive && qr !== undefined && terminal.rows > qr.code.characters.length + 6;
      const news = { where, remark, now: clock.now(), qr: room ? qr?.code : undefined };
      const view = promptView(prompt, news);
      if (kernel === undefined && shown !== address) {
        const lines = promptLines(prompt, news, terminal.columns);
        if (terminal.interactive) write(terminal, `\r\x1b[2K${lines.join("\n")}\n`);
        else lines.forEach(terminal.log);
      }
      shown = address;
      await screen.show({ view, line: stateLine(prompt, news) });
    },
    async end(outcome) {
      if (shown === undefined) return;
      const line = `${outcome.ok ? "Signed in as" : "Not signed in:"} ${outcome.text}`;
      await screen.show({ view: outcomeView(outcome), line });
      await screen.close();
    },
  };
}

function write(terminal: Terminal, text: string): void {
  terminal.writeSync(new TextEncoder().encode(text));
}

/** The error output of this program. */
function terminalAtHand(): Terminal {
  const log = (line: string) => console.error(line);
  if (typeof Deno !== "undefined") {
    const { stderr } = Deno;
    const size = sizeOf(() => Deno.consoleSize());
    return {
      interactive: stderr.isTerminal(),
      ...size,
      writeSync: (bytes) => stderr.writeSync(bytes),
      log,
    };
  }
  const { stderr }: { stderr?: unknown } = Object(Reflect.get(globalThis, "process"));
  const { isTTY, columns, rows }: { isTTY?: unknown; columns?: unknown; rows?: unknown } = Object(
    stderr,
  );
  return {
    interactive: isTTY === true,
    columns: typeof columns === "number" ? columns : 80,
    rows: typeof rows === "number" ? rows : 24,
    writeSync(bytes) {
      Reflect.apply(Reflect.get(Object(stderr), "write"), stderr, [bytes]);
      return bytes.length;
    },
    log,
  };
}

function sizeOf(read: () => { columns: number; rows: number }): { columns: number; rows: number } {
  try {
    return read();
  } catch {
    return { columns: 80, rows: 24 };
  }
}
