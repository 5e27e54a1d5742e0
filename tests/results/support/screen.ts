import type { Screen } from "../../../src/display/follow/screen.ts";

/** A screen that keeps the frames that were shown on it, as text. */
export function recordingScreen(
  redraws = true,
): { readonly screen: Screen; readonly frames: readonly string[]; closed(): number } {
  const frames: string[] = [];
  let closed = 0;
  return {
    frames,
    closed: () => closed,
    screen: {
      redraws,
      pictures: false,
      show({ view, line }) {
        frames.push(redraws ? `${line}\n${view}` : line);
        return Promise.resolve();
      },
      close() {
        closed++;
        return Promise.resolve();
      },
    },
  };
}
