// What the house asks of its files: short ones, few to a folder, each with a test of its name; docs that say something.

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

/** A comment for documentation, and the name that stands below it. */
const DOCUMENTED =
  /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*\n\s*(?:(?:export|declare|readonly|static|async|function\*?|const|interface|type|class) )*(\w+)/g;

/** Words that add nothing to a name. */
const EMPTY_WORDS = new Set(
  "a all an are for how in is it its of the their them these this those to what which".split(
    " ",
  ),
);

/** The docs that only repeat the name that they are of, each as a line: `/** The status. *\/ readonly status`. */
export function echoes(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(DOCUMENTED)].flatMap(([, comment = "", name = ""]) => {
      const doc = comment.replace(/^\s*\* ?/gm, "").replace(/^@[^]*$/m, "").trim();
      const said = wordsIn(doc).filter((word) => !EMPTY_WORDS.has(word)).map(singular);
      const named = new Set(wordsIn(name.replace(/(?=[A-Z])/g, " ")).map(singular));
      return said.length > 0 && said.every((word) => named.has(word))
        ? [`${path} says of ${name}: ${doc}`]
        : [];
    })
  );
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().split(/[^a-z]+/).filter((word) => word !== "");
}

function singular(word: string): string {
  return word.replace(/(?:ies|s)$/, "");
}

/** Helpers that stand once, and how somebody would write them anew. */
const ONCE: readonly (readonly [where: string, again: RegExp])[] = [
  ["src/core/objects.ts", /typeof (\w+) === "object" && \1 !== null && !Array\.isArray\(\1\)/],
  [
    "src/core/objects.ts",
    /typeof (\w+) !== "object" \|\| \1 === null \|\| Array\.isArray\(\1\)/,
  ],
  ["src/core/units.ts", /\$\{([\w.]+)\} \$\{\s*\1 === 1 \? "(\w+)" : "\2s"\s*\}/],
  ["src/core/waiting.ts", /\{ ok: true, value \} as const\),\s*\((?:error|reason)/],
  ["src/models/service.ts", /"openeo"(?:,| \|) "ogc_api_process"/],
];

/** What is written anew though it stands somewhere once for all, each as a line. */
export function writtenAgain(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    ONCE.filter(([where, again]) => path !== where && again.test(withoutComments(text)))
      .map(([where]) => `${path} writes anew what ${where} has`)
  );
}

function withoutComments(text: string): string {
  return text.replace(/^\s*(?:\/?\*|\/\/).*$/gm, "");
}
