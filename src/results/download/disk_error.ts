import { ResultsError } from "../results_error.ts";

/** What the disk says, in words, and what helps; by the codes of the operating system. */
const PROBLEMS: Readonly<Record<string, readonly [what: string, help: string]>> = {
  ENOSPC: ["the disk is full", "make room, and call again: what is there is kept"],
  EDQUOT: ["your share of the disk is used up", "make room, and call again: what is there is kept"],
  EFBIG: [
    "the disk takes no file of that size",
    "choose a folder on another disk: this one's format has a limit, such as 4 GB",
  ],
  EACCES: ["you may not write there", "look at the folder's permissions, or choose another"],
  EPERM: ["you may not write there", "look at the folder's permissions, or choose another"],
  EROFS: ["the disk can only be read", "choose a folder on another disk"],
  ENOENT: ["the folder is not there, and cannot be made", "choose another folder"],
  ENOTDIR: ["a part of the folder's path is a file", "choose another folder"],
  EEXIST: ["something else is there already", "choose another folder"],
  EISDIR: ["a folder of that name is there already", "choose another folder"],
  ENAMETOOLONG: ["its path is too long for this disk", "choose a folder with a shorter path"],
  EMFILE: ["too many files are open", "fetch fewer at once, { concurrency: 1 }, and call again"],
  EIO: ["the disk is at fault", "look at the disk, and call again: what is there is kept"],
};

/** An error of the disk as ours; nothing where it is of another kind. No path is told: the folder is known. */
export function diskError(name: string, error: unknown): ResultsError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === "NotCapable") {
    return new ResultsError(
      `Cannot download ${name}: Deno was started without the permission to write there\n` +
        "  What to do: run with --allow-read and --allow-write of the folder",
      { reason: "permission", cause: error },
    );
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (!/^E[A-Z0-9]+$/.test(code)) return undefined;
  const [what, help] = PROBLEMS[code] ?? [
    `the disk refused it (${code})`,
    "look at the folder's permissions, and call again: what is there is kept",
  ];
  return new ResultsError(`Cannot write ${name}: ${what}\n  What to do: ${help}`, {
    reason: "disk",
    cause: error,
  });
}
