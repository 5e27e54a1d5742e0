// Submits a batch until it is killed: url, token, ledger, how many, whether titles are marked.
import { AuthenticatedClient } from "../../../mod.ts";
import { openLedger, submitAll } from "../../../src/ledger/mod.ts";
import { instantClock } from "../../support/clock.ts";
import { many, quiet } from "../support.ts";

const [baseUrl = "", token = "", path = "", amount = "0", titleToken = "on"] = Deno.args;
const client = new AuthenticatedClient({
  ...{ baseUrl, token, retry: false, timeout: null },
  clock: instantClock(Date.now()),
});
const ledger = await openLedger(path, { titleToken: titleToken === "off" ? "off" : "on" });
console.log("ready");
const batch = await submitAll(client, many(Number(amount)), { ledger, ...quiet });
console.log(`done ${batch.jobs.length}`);
