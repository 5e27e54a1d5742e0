import type { Clock } from "../../core/waiting.ts";
import { count, formatBytes, roughDuration } from "../../core/units.ts";
import { displayable } from "../../display/render/displayable.ts";
import { type Block, type Line, muted, strong } from "../../display/render/document.ts";
import type { Screen } from "../../display/follow/screen.ts";
import type { PlannedFile } from "./plan/plan.ts";

/** How far one file is. */
export interface FileProgress {
  /** What it is called. */
  readonly name: string;
  /** How many of its bytes are there. */
  readonly there: number;
  /** How many there will be, where that is known. */
  readonly total: number | undefined;
  /** From which byte on a part was continued. */
  readonly resumedAt: number | undefined;
  /** Whether it waits, is under way, has come whole, was there already, or could not be brought. */
  readonly state: "waiting" | "under way" | "whole" | "was there" | "failed";
}

/** How far a download is. */
export interface DownloadProgress {
  /** Each file that is to be there in the end, those included that were there before. */
  readonly files: readonly FileProgress[];
  /** How many bytes come in a second. */
  readonly rate: number;
  /** Why it was stopped, if it was. */
  readonly stopped: boolean;
}

/** Keeps the score of a download and shows it. */
export interface ProgressKeeper {
  /** Is told of bytes of a file that are there. */
  bytes(file: PlannedFile, there: number, total: number | undefined): void;
  /** Is told from which byte on a file is continued. */
  resumed(file: PlannedFile, from: number): void;
  /** Is told how a file is now. */
  state(file: PlannedFile, state: FileProgress["state"]): void;
  /** Shows the last frame. */
  close(stopped: boolean): Promise<void>;
}

/** How a download is shown. */
export interface ProgressOptions {
  /** Where the frames go; nowhere where there is none. */
  readonly screen: Screen | undefined;
  /** What tells the time and waits. */
  readonly clock: Clock;
  /** Is told as well, at most once a second and at every end. */
  readonly onProgress: ((progress: DownloadProgress) => void) | undefined;
}

const TICK = 1_000;

/** How much of the past the rate is reckoned from, in milliseconds. */
const WINDOW = 10_000;

/** Begins to keep the score of these files. */
export function keepProgress(
  planned: readonly PlannedFile[],
  { screen, clock, onProgress }: ProgressOptions,
): ProgressKeeper {
  const files = new Map<PlannedFile, FileProgress>(
    planned.map((file) => [file, {
      name: file.name,
      there: 0,
      total: file.size,
      resumedAt: undefined,
      state: "waiting",
    }]),
  );
  const marks: { readonly at: number; readonly bytes: number }[] = [];
  let received = 0;
  const closing = new AbortController();
  const change = (file: PlannedFile, changes: Partial<FileProgress>) => {
    const before = files.get(file);
    if (before !== undefined) files.set(file, { ...before, ...changes });
  };
  const now = (stopped = false): DownloadProgress => {
    const time = clock.now();
    marks.push({ at: time, bytes: received });
    while ((marks[1]?.at ?? time) < time - WINDOW) marks.shift();
    const [first] = marks;
    const seconds = first === undefined ? 0 : (time - first.at) / 1_000;
    const rate = first === undefined || seconds <= 0 ? 0 : (received - first.bytes) / seconds;
    return { files: [...files.values()], rate, stopped };
  };
  const report = async (progress: DownloadProgress, line = progressLine(progress)) => {
    onProgress?.(progress);
    try {
      await screen?.show({ view: displayable(() => progressBlocks(progress)), line });
    } catch {
      // A screen that is gone takes its frames with it, not the files.
    }
  };
  const keepShowing = async () => {
    while (!closing.signal.aborted) {
      const progress = now();
      // A log is told of each file at its end, and of nothing in between.
      if (screen?.redraws !== false) await report(progress);
      else onProgress?.(progress);
      await clock.sleep(TICK, closing.signal);
    }
  };
  const running = keepShowing().catch(() => {});
  return {
    bytes(file, there, total) {
      const before = files.get(file);
      received += Math.max(0, there - Math.max(before?.there ?? 0, before?.resumedAt ?? 0));
      change(file, { there, total: total ?? before?.total, state: "under way" });
    },
    resumed(file, from) {
      change(file, { resumedAt: from, there: from });
    },
    state(file, state) {
      change(file, { state });
      if (screen?.redraws === false && (state === "whole" || state === "failed")) {
        const progress = files.get(file);
        if (progress !== undefined) void report(now(), fileLine(progress));
      }
    },
    async close(stopped) {
      closing.abort(null);
      await running;
      await report(now(stopped));
      await screen?.close();
    },
  };
}

/** A download in one line: `2 of 5 files · 1.2 of 3.4 GB · 12 MB/s · about 3 minutes left`. */
export function progressLine({ files, rate, stopped }: DownloadProgress): string {
  const ended = files.filter(({ state }) => state === "whole" || state === "was there").length;
  const failed = files.filter(({ state }) => state === "failed").length;
  const there = files.reduce((sum, file) => sum + file.there, 0);
  const known = files.every(({ total }) => total !== undefined);
  const total = files.reduce((sum, file) => sum + (file.total ?? file.there), 0);
  const over = stopped || ended + failed === files.length;
  return [
    `${ended} of ${count(files.length, "file")}`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    known && there < total ? `${formatBytes(there)} of ${formatBytes(total)}` : formatBytes(there),
    ...(over || rate <= 0 ? [] : [`${formatBytes(rate)}/s`]),
    ...(over || rate <= 0 || !known ? [] : [timeLeft((total - there) / rate * 1_000)]),
    ...(stopped && ended + failed < files.length
      ? ["stopped: the same call goes on where it was"]
      : []),
  ].join(" · ");
}

function timeLeft(milliseconds: number): string {
  return milliseconds < 50_000
    ? "less than a minute left"
    : `about ${roughDuration(milliseconds)} left`;
}

const MOST_ROWS = 20;

/** A download as a table: a bar for each file. */
export function progressBlocks(progress: DownloadProgress): readonly Block[] {
  const { files } = progress;
  const rank = { "failed": 0, "under way": 1, "waiting": 2, "whole": 3, "was there": 4 };
  const shown = [...files].sort((a, b) => rank[a.state] - rank[b.state]).slice(0, MOST_ROWS);
  const [first = "", ...rest] = progressLine(progress).split(" · ");
  return [{
    kind: "table",
    caption: [strong(first), muted(rest.map((words) => ` · ${words}`).join(""))],
    columns: [
      { title: "File", max: 60, yields: true },
      { title: "", max: 20 },
      { title: "Size", max: 22 },
      { title: "", max: 26 },
    ],
    rows: shown.map((file): Line[] => [
      file.name,
      bar(file),
      file.total === undefined || file.there >= file.total
        ? formatBytes(file.there)
        : `${formatBytes(file.there)} of ${formatBytes(file.total)}`,
      wordsOf(file),
    ]),
  }];
}

function bar({ there, total, state }: FileProgress): string {
  const length = 16;
  const part = state === "whole" || state === "was there"
    ? 1
    : total === undefined || total === 0
    ? 0
    : Math.min(1, there / total);
  const full = Math.round(part * length);
  return "█".repeat(full) + "░".repeat(length - full);
}

function wordsOf({ state, resumedAt }: FileProgress): Line {
  if (state === "under way" && resumedAt !== undefined) {
    return muted(`resumed at ${formatBytes(resumedAt)}`);
  }
  return state === "under way" ? "" : state === "failed" ? "✗ failed" : muted(state);
}

function fileLine({ name, there, state, resumedAt }: FileProgress): string {
  const how = resumedAt === undefined ? "" : `, resumed at ${formatBytes(resumedAt)}`;
  return state === "failed" ? `${name}: failed` : `${name}: ${formatBytes(there)}${how}`;
}
