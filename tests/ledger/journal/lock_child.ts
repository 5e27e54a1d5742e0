// Holds the lock of a ledger until it is killed.
import { takeLock } from "../../../src/ledger/journal/lock.ts";

const [path = ""] = Deno.args;
await takeLock(path, { patience: 5_000 });
console.log("held");
await new Promise((resolve) => setTimeout(resolve, 60_000));
