// Type checks the examples in the documentation: `deno run -A tests/gate/check_examples.ts`.
//
// Deno imports every export into each of them, so `noUnusedLocals` finds fault with them all: what it says is
// left out, and everything else counts.

/** "Declared but never used", in its three forms. */
const UNUSED = /^TS(?:6133|6192|6196) /;

const { stderr, success } = await new Deno.Command(Deno.execPath(), {
  args: [
    "check",
    "--doc",
    "--import-map",
    "tests/import_map.npm.json",
    "mod.ts",
    "src",
    "README.md",
  ],
  env: { NO_COLOR: "1" },
  stdout: "null",
  stderr: "piped",
}).output();
const text = new TextDecoder().decode(stderr);
const found = text.split(/\n\n/).filter((part) => /^TS\d+ \[ERROR\]/.test(part));
const errors = found.filter((part) => !UNUSED.test(part));
for (const error of errors) console.error(`${error}\n`);
if (errors.length > 0 || (!success && found.length === 0)) {
  console.error(errors.length > 0 ? `${errors.length} errors in examples` : text);
  Deno.exit(1);
}
console.log("The examples in the documentation pass the type check");
