import { AuthenticatedClient } from "../../../mod.ts";
import { type ManualClock, manualClock, startSandbox } from "../../../src/sandbox/mod.ts";

/** A sandbox whose jobs end when the clock is moved on, and a client of it. */
export async function onStage(
  run: (client: AuthenticatedClient, clock: ManualClock) => Promise<void>,
): Promise<void> {
  const clock = manualClock("2026-11-23T15:15:00Z");
  await using sandbox = startSandbox({ clock });
  await run(new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token }), clock);
}
