import { assertEquals } from "@std/assert";
import { test } from "../support/test.ts";
import { readFailure } from "./jupyter.ts";

test("readFailure() takes the cell and the error's words from the last line", () => {
  const stderr = 'Warning "deno jupyter" is unstable\n[NbConvertApp] Converting\n' +
    '{"cell": 3, "message": "\\u001b[31mTypeError\\u001b[0m: no\\n    at <anonymous>:1:1"}\n';
  assertEquals(readFailure(stderr), {
    cell: 3,
    message: "TypeError: no\n    at <anonymous>:1:1",
  });
});

test("readFailure() falls back to the end of what Jupyter says", () => {
  const stderr = "1\n2\n3\n4\n5\nRuntimeError: Kernel died before replying to kernel_info\n";
  assertEquals(readFailure(stderr), {
    message: "2\n3\n4\n5\nRuntimeError: Kernel died before replying to kernel_info",
  });
});
