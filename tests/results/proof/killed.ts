import { fileURLToPath } from "node:url";
import type { ShakyServer } from "./shaky_server.ts";

/** What was seen while a file was brought home by programs that were killed. */
export interface Killed {
  /** How often the program was killed. */
  readonly kills: number;
  /** How often the folder was listed. */
  readonly listed: number;
  /** The sizes that the file had under its own name, each once. */
  readonly sizes: readonly number[];
  /** The most memory that the last program took, in bytes. */
  readonly peak: number;
  /** What the last program said where it failed. */
  readonly error: string | undefined;
}

/** Where a program is killed, and what happens then. */
export interface KilledOptions {
  /** With so many bytes in the part a program is killed, each once. */
  readonly killAt: readonly number[];
  /** Is called after each kill. @default nothing happens */
  readonly between?: () => void;
}

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Brings the file of a server home in another process, kills it, starts it again, and watches the folder. */
export async function bringKilled(
  server: Pick<ShakyServer, "url">,
  folder: string,
  { killAt, between = () => {} }: KilledOptions,
): Promise<Killed> {
  const limits = [...killAt];
  const sizes = new Set<number>();
  let kills = 0, listed = 0;
  while (true) {
    const program = start(server.url, folder);
    const limit = limits.shift();
    let killed = false, ended = false;
    const watch = async () => {
      while (!ended) {
        for await (const { name } of Deno.readDir(folder)) {
          const size = await Deno.stat(`${folder}/${name}`).then((found) => found.size, () => 0);
          if (name === "file.bin") sizes.add(size);
          if (name === "file.bin.part" && limit !== undefined && size >= limit && !killed) {
            killed = true;
            program.kill("SIGKILL");
          }
        }
        listed++;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const watching = watch();
    const { success, stdout, stderr } = await program.output();
    ended = true;
    await watching;
    if (killed) {
      kills++;
      between();
      continue;
    }
    const text = new TextDecoder();
    const { peak } = success ? JSON.parse(text.decode(stdout)) : { peak: NaN };
    return {
      kills,
      listed,
      sizes: [...sizes],
      peak,
      error: success ? undefined : text.decode(stderr),
    };
  }
}

function start(url: string, folder: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    cwd: ROOT,
    args: [
      "run",
      "--no-prompt",
      "--no-check",
      "--import-map",
      "tests/import_map.npm.json",
      `--allow-net=${new URL(url).host}`,
      `--allow-read=${folder}`,
      `--allow-write=${folder}`,
      "tests/results/proof/bring.ts",
      url,
      folder,
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}
