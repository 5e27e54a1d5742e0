import { assertEquals, assertThrows } from "@std/assert";
import { storePath, type System } from "../../../src/auth/store/place.ts";
import { SignInError } from "../../../src/http/token/sign_in_error.ts";
import { test } from "../../support/test.ts";

function at(system: System, values: Record<string, string>): string {
  return storePath((name) => values[name], system);
}

test("storePath() follows the customs of each system", () => {
  const HOME = "/home/ada";
  assertEquals(at("linux", { HOME }), "/home/ada/.local/state/apex-dispatch/sign-in.json");
  assertEquals(
    at("linux", { HOME, XDG_STATE_HOME: "/state" }),
    "/state/apex-dispatch/sign-in.json",
  );
  assertEquals(
    at("linux", { HOME, XDG_STATE_HOME: "state" }),
    "/home/ada/.local/state/apex-dispatch/sign-in.json",
  );
  assertEquals(
    at("darwin", { HOME }),
    "/home/ada/Library/Application Support/apex-dispatch/sign-in.json",
  );
  assertEquals(
    at("windows", { LOCALAPPDATA: "C:\\Users\\ada" }),
    "C:\\Users\\ada\\apex-dispatch\\sign-in.json",
  );
});

test("storePath() says what is missing, and what does without", () => {
  const error = assertThrows(() => at("linux", {}), SignInError, 'store: "memory"');
  assertEquals([error.reason, error.message.includes("HOME")], ["store", true]);
});

test("storePath() names all that has to be allowed at once", () => {
  const closed = (): never => {
    throw new SignInError("Cannot see it", { reason: "permission" });
  };
  for (
    const [system, names] of [
      ["linux", "HOME,XDG_STATE_HOME"],
      ["darwin", "HOME"],
      ["windows", "LOCALAPPDATA"],
    ] as const
  ) {
    const error = assertThrows(
      () => storePath(closed, system),
      SignInError,
      `--allow-env=${names})`,
    );
    assertEquals(error.reason, "permission");
  }
});
