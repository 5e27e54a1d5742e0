// No regular expression of the package is worse than linear: each is taken apart, and the steps of its search are
// counted over texts made to make it try again and again, of growing length.
import { assert, assertEquals } from "@std/assert";
import { patternOf } from "../../../src/core/secrets.ts";
import { operations } from "../../../src/api/operations.ts";
import { ESCAPE_SEQUENCE } from "../../../src/core/text.ts";
import { test } from "../../support/test.ts";
import { type Attack, attacksOn, textOf } from "./attacks.ts";
import { literalsIn } from "./literals.ts";
import { isBounded, type Node, parse } from "./pattern.ts";
import { stepsOf, TooManySteps } from "./steps.ts";
import { filesBelow } from "../modules.ts";
import { ROOT } from "../entrypoints.ts";

/** How often more steps a text may take that is four times as long: a quadratic search takes sixteen times as many. */
const MOST_GROWTH = 6;

/** The attack under which the work of a pattern grows faster than the text, if there is one. */
function worstOf(pattern: Node, sticky: boolean): string | undefined {
  if (isBounded(pattern)) return undefined;
  for (const attack of attacksOn(pattern)) {
    if (!grows(pattern, sticky, attack, 64)) continue;
    // A part that is bounded looks worse than it is until the text is much longer than the bound.
    if (grows(pattern, sticky, attack, 4_000)) return JSON.stringify(attack);
  }
  return undefined;
}

function grows(pattern: Node, sticky: boolean, attack: Attack, length: number): boolean {
  try {
    const few = stepsOf(pattern, textOf(attack, length), { limit: 3_000 * length, sticky });
    const many = stepsOf(pattern, textOf(attack, 4 * length), {
      limit: MOST_GROWTH * few + 1_000,
      sticky,
    });
    return many > MOST_GROWTH * few + 500;
  } catch (error) {
    if (error instanceof TooManySteps || error instanceof RangeError) return true;
    throw error;
  }
}

const files = await filesBelow(ROOT, "src");
const literals = (await Promise.all(files.map(async (file) => {
  const code = await Deno.readTextFile(new URL(file, ROOT));
  return literalsIn(code).map((literal) => ({ ...literal, file }));
}))).flat();

test("literalsIn() finds regular expressions, and nothing else with slashes", () => {
  const code = [
    "const a = 1 / 2 / 3; // no /comment/",
    "/* nor /this/ */ f(/one[/]two/g, b / c);",
    'const t = `x ${y.replace(/three/u, "/no/")} /nor this/ ${z / 2}`;',
    "return /four\\/five/;",
  ].join("\n");
  assertEquals(literalsIn(code).map(({ source, line }) => [source, line]), [
    ["one[/]two", 2],
    ["three", 3],
    ["four\\/five", 4],
  ]);
});

test("every regular expression of the package is found as its engine reads it", () => {
  assert(literals.length > 200, `only ${literals.length} were found`);
  for (const { source, flags, file, line } of literals) {
    try {
      new RegExp(source, flags);
    } catch (cause) {
      throw new Error(`${file}:${line}: /${source}/${flags}`, { cause });
    }
  }
});

test("every room's regular expressions are looked at, and those that are made at run time", async () => {
  const rooms = new Set(literals.map(({ file }) => file.split("/")[1]));
  const expected = "api auth catalogue core display geo http ledger live models results sandbox";
  assertEquals(expected.split(" ").filter((room) => !rooms.has(room)), []);
  const made = [];
  for (const file of files) {
    const code = await Deno.readTextFile(new URL(file, ROOT));
    if (/\bRegExp\(/.test(code)) made.push(file);
  }
  // Of literals or addresses of the contract alone, but for the two in `core` that are tried below.
  assertEquals(made, [
    "src/core/redact.ts",
    "src/core/secrets.ts",
    "src/core/text.ts",
    "src/results/download/plan/names.ts",
    "src/sandbox/server/app.ts",
    "src/sandbox/sockets/handshake.ts",
  ]);
  const paths = Object.values(operations).map(({ path }) =>
    `^${path.replace(/\{\w+\}/, "[^/]+")}$`
  );
  assertEquals(paths.filter((path) => worstOf(parse(path, ""), false) !== undefined), []);
});

test("worstOf() knows quadratic and exponential searches, and takes no linear one for one", () => {
  const bad = [
    "\\/+$",
    "(a+)+$",
    "eyJ[\\w-]+\\.",
    "a.*b.*c$",
    "\\bx[\\w-]*!",
    "\\s*\\n",
    "(?:a|a)*$",
    '"(?:[^"\\\\]|\\\\.)*"',
  ];
  assertEquals(bad.filter((source) => worstOf(parse(source, ""), false) === undefined), []);
  const good = [
    "^\\/+$",
    "(?<![\\w-])x[\\w-]*!",
    "a[^a]*b",
    "[a-z]{1,20}:",
    '"[^"]*"',
  ];
  assertEquals(good.filter((source) => worstOf(parse(source, ""), false) !== undefined), []);
});

test("no regular expression of the package takes more than linear time", () => {
  const slow = literals.flatMap(({ source, flags, file, line }) => {
    const worst = worstOf(parse(source, flags), flags.includes("y"));
    return worst === undefined ? [] : [`${file}:${line}: /${source}/${flags} by ${worst}`];
  });
  assertEquals(slow, []);
});

test("the expression that is put together of control characters is linear too", () => {
  const { source, flags } = ESCAPE_SEQUENCE;
  assertEquals(worstOf(parse(source, flags), false), undefined);
});

test("patternOf() makes no expression of a secret that takes more than linear time", () => {
  const secrets = [
    "+".repeat(24),
    "++++++",
    "\\\\\\\\",
    "a/b+c\"d\\e<f>=&'~ g",
    "/\\/\\/\\",
    " ".repeat(30),
  ];
  for (const secret of secrets) {
    const { source, flags } = patternOf(secret);
    assertEquals(worstOf(parse(source, flags), false), undefined, secret);
  }
});
