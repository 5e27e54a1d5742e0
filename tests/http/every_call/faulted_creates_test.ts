// A thousand creates, each through a fault of its own and an abort at any time: what the error says of the outcome agrees
// with what arrived, always.
import { assert, assertEquals } from "@std/assert";
import { AuthenticatedClient } from "../../../mod.ts";
import { JOB_REQUEST } from "../../support/requests.ts";
import { test } from "../../support/test.ts";
import {
  cleartextService,
  FAULTS,
  type FaultyService,
  seededRandom,
  tlsService,
} from "./faulty_service.ts";

/** What came of one create. */
interface Ending {
  readonly title: string;
  readonly fault: string;
  readonly abort: string;
  /** `created`, the error's outcome, or `bare` for the signal's own reason. */
  readonly said: string;
}

const ABORTS = ["none", "none", "before", "at once", "soon", "late"] as const;

/** Makes creates through all kinds of faults, some at a time. */
async function createMany(
  service: FaultyService,
  { amount, random, options }: {
    readonly amount: number;
    readonly random: () => number;
    readonly options: { readonly fetch?: typeof fetch };
  },
): Promise<readonly Ending[]> {
  const endings: Ending[] = [];
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error("Nothing to pick from");
    return item;
  };
  const createOne = async (number: number) => {
    const fault = pick(FAULTS);
    const abort = pick(ABORTS);
    const title = `job ${number}: ${fault}`;
    const client = new AuthenticatedClient({
      baseUrl: fault === "nobody listens" ? service.deadUrl : service.url,
      token: "t0ken",
      // Where an answer counts it is waited for, on the busiest machine too.
      timeout: fault === "never answers" ? 150 : 600_000,
      ...options,
    });
    const stop = new AbortController();
    const reason = new Error("enough");
    if (abort === "before") stop.abort(reason);
    const creating = client.unitJobs.create({ ...JOB_REQUEST, title }, { signal: stop.signal });
    if (abort === "at once") stop.abort(reason);
    const delay = abort === "soon" ? random() * 3 : abort === "late" ? random() * 40 : undefined;
    const timer = delay === undefined ? undefined : setTimeout(() => stop.abort(reason), delay);
    const said = await creating.then(
      () => "created",
      (error: unknown) => error === reason ? "bare" : String(Object(error).outcome),
    );
    clearTimeout(timer);
    endings.push({ title, fault, abort, said });
  };
  const numbers = Array.from({ length: amount }, (_, index) => index).values();
  const worker = async () => {
    for (const number of numbers) await createOne(number);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return endings;
}

/** Holds every ending to what the service saw of it. */
function assertTruthful(endings: readonly Ending[], service: FaultyService): void {
  for (const ending of endings) {
    const arrived = service.arrived.get(ending.title) ?? 0;
    const made = service.made.has(ending.title);
    const what = `${JSON.stringify(ending)}: arrived ${arrived} times, made: ${made}`;
    assert(arrived <= 1, what);
    switch (ending.said) {
      case "created":
        assert(made, what);
        break;
      case "not-sent":
      case "bare":
        assertEquals(arrived, 0, what);
        break;
      case "refused":
        assert(arrived === 1 && !made, what);
        break;
      default:
        assertEquals(ending.said, "unknown", what);
    }
    if (ending.fault === "nobody listens" && ending.abort === "none") {
      assertEquals(ending.said, "not-sent", what);
    }
    if (ending.fault === "refuses" && ending.abort === "none") {
      assertEquals(ending.said, "refused", what);
    }
    if (ending.fault === "answers" && ending.abort === "none") assert(made, what);
  }
}

/** How often each thing was said: a test in which one of them never comes proves nothing of it. */
function assertAllSaid(endings: readonly Ending[]): void {
  for (const said of ["created", "not-sent", "bare", "refused", "unknown"]) {
    assert(endings.some((ending) => ending.said === said), `nothing ended as ${said}`);
  }
}

test("1,000 faulted creates over HTTP/1.1 say of the outcome what is so", async () => {
  await using service = await cleartextService();
  const endings = await createMany(service, {
    amount: 1000,
    random: seededRandom(8),
    options: {},
  });
  assertEquals(endings.length, 1000);
  assertTruthful(endings, service);
  assertAllSaid(endings);
});

test("300 faulted creates over HTTP/2 say of the outcome what is so", async () => {
  await using service = await tlsService();
  using client = Deno.createHttpClient({ caCerts: [service.certificate] });
  const endings = await createMany(service, {
    amount: 300,
    random: seededRandom(9),
    options: { fetch: (input, init) => fetch(input, { ...init, client }) },
  });
  assertTruthful(endings, service);
  assertAllSaid(endings);
  assert(service.protocols.has("h2"), [...service.protocols].join());
});
