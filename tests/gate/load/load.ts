/** How the tests are run on a busy machine. */
export interface Load {
  /** How often, at the most. */
  readonly times: number;
  /** How many busy processes are beside them. */
  readonly busy: number;
  /** The core on which all of them are. */
  readonly core: number;
  /** What is handed on to `deno test`. */
  readonly args: readonly string[];
}

/**
 * Reads the command line: whole numbers for `--times`, `--busy` and `--core`; everything else is handed on.
 *
 * @param cores how many cores there are; the last one is taken unless another is named.
 */
export function parseLoad(args: readonly string[], cores: number): Load {
  const numbers = new Map([["times", 3], ["busy", 5], ["core", cores - 1]]);
  const rest: string[] = [];
  for (const arg of args) {
    const [, name = "", value = ""] = /^--(times|busy|core)(?:=(.*))?$/.exec(arg) ?? [];
    if (name === "") {
      rest.push(arg);
      continue;
    }
    const least = name === "times" ? 1 : 0;
    if (!/^\d{1,4}$/.test(value) || Number(value) < least) {
      throw new Error(`--${name}: expected a whole number, ${least} at the least, got "${value}"`);
    }
    numbers.set(name, Number(value));
  }
  const { times = 0, busy = 0, core = 0 } = Object.fromEntries(numbers);
  if (core >= cores) throw new Error(`--core: there are ${cores}, counted from 0, got "${core}"`);
  return { times, busy, core, args: rest };
}

/** A command on one core; what it starts stays there. */
export function pinned(command: readonly string[], core: number): string[] {
  return ["taskset", "--cpu-list", `${core}`, ...command];
}
