import { AuthenticatedClient, type AuthenticatedClientOptions } from "../../mod.ts";
import type { Sandbox } from "../../src/sandbox/mod.ts";
import { fingerprintOf } from "../../src/ledger/journal/entry.ts";
import { openJournal } from "../../src/ledger/journal/journal.ts";
import type { BaseJobRequest } from "../../src/models/jobs.ts";
import { instantClock } from "../support/clock.ts";

/** A request that the sandbox takes; `place` makes it another one. */
export function requestOf(place: number, title = `Field ${place}`): BaseJobRequest {
  return {
    title,
    label: "openeo",
    service: {
      endpoint: "https://openeo.example.test",
      application: "https://catalogue.example.test/vegetation_index.json",
    },
    parameters: {
      spatial_extent: { west: place, south: 41, east: place + 0.5, north: 42 },
    },
    format: "gtiff",
  };
}

/** A token that says whose it is, as a JSON Web Token does. */
export function tokenOf(user: string): string {
  const part = (value: object) =>
    btoa(JSON.stringify(value)).replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_");
  return [
    part({ alg: "none" }),
    part({ sub: `id-of-${user}`, preferred_username: user, made: crypto.randomUUID() }),
    "signature",
  ].join(".");
}

/** A client of a sandbox, for which no time passes while it waits. */
export function clientOf(
  sandbox: Sandbox,
  options: Partial<AuthenticatedClientOptions> = {},
): AuthenticatedClient {
  return new AuthenticatedClient({
    baseUrl: sandbox.url,
    token: sandbox.token,
    clock: instantClock(Date.UTC(2026, 10, 23)),
    retry: false,
    // On that clock a time limit would be over at once.
    timeout: null,
    ...options,
  });
}

/** A folder that is gone when the test is over. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "ledger_" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes into a ledger what a program leaves there that dies when it has sent a request. */
export async function dieAfterSending(
  path: string,
  request: BaseJobRequest,
  { at, token }: { readonly at: number; readonly token: string },
): Promise<void> {
  const journal = await openJournal(path, { patience: 0 });
  const release = await journal.hold();
  const fingerprint = fingerprintOf(request);
  const common = { at: new Date(at).toISOString(), key: fingerprint.slice(0, 16) };
  await journal.append(
    { ...common, state: "intent", kind: "job", fingerprint, token, watermark: 0, request },
    { ...common, state: "sent" },
  );
  await release();
}

/** The lines of a ledger. */
export async function linesOf(path: string): Promise<Record<string, unknown>[]> {
  const text = await Deno.readTextFile(path);
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** The numbers from 1. */
export function range(amount: number): number[] {
  return Array.from({ length: amount }, (_, index) => index + 1);
}

/** So many requests, each another one. */
export function many(amount: number): BaseJobRequest[] {
  return range(amount).map((place) => requestOf(place % 80, `Field ${place}`));
}

/** Options of a batch that asks nobody and shows nothing. */
export const quiet = { confirm: false, show: false } as const;
