// A program of its own that signs in with what is kept, renews its token some times, and tells what it saw.
import { machineFetch } from "../../../src/auth/provider/provider_fetch.ts";
import { signInWith } from "../../../src/auth/sign_in.ts";
import { readVariable } from "../../../src/auth/variables.ts";
import { systemClock } from "../../../src/core/waiting.ts";
import { surroundings } from "./around.ts";

const [issuer = "", clientId = "", service = "", rounds = "1", dies = ""] = Deno.args;

/** Dies by the hardest signal when a refresh was answered and nothing is written yet. */
const dying: typeof fetch = async (input, init) => {
  const answer = await machineFetch(input, init);
  if (String(input).endsWith("/token")) Deno.kill(Deno.pid, "SIGKILL");
  return answer;
};

const around = surroundings(() => {
  if (dies !== "waits") throw new Error("nobody is to be asked");
  console.log("waiting");
}, {
  variable: readVariable,
  fetch: dies === "dies" ? dying : machineFetch,
});
try {
  const session = await signInWith({ issuer, clientId, service }, around);
  const tokens = new Set<string>();
  for (let round = 0; round < Number(rounds); round++) {
    const token = await session.token();
    tokens.add(token);
    const answer = await fetch(`${service}/unit_jobs/1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await answer.body?.cancel();
    if (answer.status === 401) throw new Error("the service refused a token");
    // Longer than a token of one second holds.
    if (round + 1 < Number(rounds)) await systemClock.sleep(1_000);
  }
  console.log(JSON.stringify({ tokens: tokens.size, prompts: around.prompts.length }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error), prompts: around.prompts.length }));
}
