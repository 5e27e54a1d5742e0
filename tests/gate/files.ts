// What the house asks of its files: short ones, few to a folder, each with a test of its name.

/** A file of the source: its path from the root, and what it holds. */
export interface SourceFile {
  /** The path: `src/api/call.ts`. */
  readonly path: string;
  /** The text. */
  readonly text: string;
}

/** The most lines of a file. */
export const MOST_LINES = 300;

/** The most files of a folder, sub-folders not counted. */
export const MOST_FILES = 12;

/** The files that are too long, each as a line. */
export function tooLong(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split("\n").length;
    return lines > MOST_LINES ? [`${path} has ${lines} lines`] : [];
  });
}

/** The folders that hold too many files, each as a line. */
export function tooFull(paths: readonly string[]): string[] {
  const folders = Map.groupBy(paths, (path) => path.slice(0, path.lastIndexOf("/")));
  return [...folders].flatMap(([folder, { length }]) =>
    length > MOST_FILES ? [`${folder} has ${length} files`] : []
  );
}

/**
 * The files of `src` for which there is no test: `src/api/call.ts` wants `tests/api/call_test.ts`. One
 * that holds types alone, or is a door and passes on what is elsewhere, has nothing to test.
 */
export function untested(files: readonly SourceFile[], tests: ReadonlySet<string>): string[] {
  return files.filter(({ path, text }) => holdsCode(text) && !tests.has(testOf(path)))
    .map(({ path }) => path);
}

function testOf(path: string): string {
  return path.replace(/^src\//, "tests/").replace(/\.ts$/, "_test.ts");
}

/** Whether a file has code of its own, and not only types and what it passes on. */
function holdsCode(text: string): boolean {
  return /^(?:export )?(?:async )?(?:const|let|function\*?|class)\b/m.test(text);
}
