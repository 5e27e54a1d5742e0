import { join } from "node:path";

/** What a program left when it ended. */
export interface Ended {
  /** The lines that it wrote. */
  readonly lines: readonly string[];
  /** What it wrote to stderr. */
  readonly errors: string;
  /** The signal that it died of. */
  readonly signal: Deno.Signal | null;
  /** Its exit code. */
  readonly code: number;
}

/** Plays a scene of `stop_child.ts` in a process of its own. */
export async function playScene(scene: string): Promise<Ended> {
  const script = join(import.meta.dirname ?? ".", "stop_child.ts");
  const { stdout, stderr, signal, code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--no-check", "--allow-run", script, scene],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  return {
    // How old the work of the tests is depends on the day.
    lines: text.trimEnd().replaceAll(/\d+ d(?: \d+ h)?/g, "AGE").split("\n"),
    errors: new TextDecoder().decode(stderr),
    signal,
    code,
  };
}
