import { orDispatchErrorLater } from "../core/dispatch_error.ts";
import { quote } from "../core/text.ts";
import {
  type JobLedger,
  type LedgeredCall,
  type LedgerWire,
  wireOf,
} from "../api/known/job_ledger.ts";
import { showAs } from "../display/render/attach.ts";
import type { ApiResponse } from "../http/api_promise.ts";
import { checkOptions } from "../models/schema/options.ts";
import { isMade, isOpen, type LedgerEntry } from "./journal/entry.ts";
import { type Journal, openJournal } from "./journal/journal.ts";
import { learnChildren, learnStatuses } from "./learn.ts";
import { LedgerError } from "./ledger_error.ts";
import { waitingLine } from "./patience.ts";
import { reconcile } from "./reconcile.ts";
import { keyOf, sendOnce } from "./send_once.ts";
import { ledgerTable } from "./ledger_table.ts";

/** How a ledger is opened. */
export interface OpenLedgerOptions {
  /**
   * Whether titles are marked at the service (`Fields [#k3f9qa2m]`), so that a job whose answer was lost is told from all
   * others. The mark takes 12 of a title's 255 characters; tables do not show it. With `"off"` a job is known by its
   * title, service and parameters, and by a number above all that were known when it was sent: a platform that spells
   * parameters otherwise hides it, whatever else you submit at the same time can be taken for it, and of two equal
   * ones nobody can say which is which: then nothing is sent, and you are asked (`ledger.decide`).
   *
   * @default {"on"}
   */
  readonly titleToken?: "on" | "off" | undefined;
  /**
   * How long to wait for another program that holds the file, in milliseconds.
   *
   * @default {30_000}
   */
  readonly patience?: number | undefined;
}

/** What a person says of something that nobody else can tell. */
export type Decision =
  | { readonly id: number; readonly absent?: undefined }
  | { readonly absent: true; readonly id?: undefined };

/** How a ledger asks the service. */
export interface LedgerCallOptions {
  /** Gives up when it aborts; what was learned by then is written down. */
  readonly signal?: AbortSignal | undefined;
}

/** How a ledger finds out what came of what was sent without an answer. */
export interface ReconcileCallOptions extends LedgerCallOptions {
  /**
   * How long a service that cannot be reached is waited for, in milliseconds.
   *
   * @default {1_800_000}
   */
  readonly maxOutage?: number | undefined;
  /**
   * Is told what it waits for, in words.
   *
   * @default shown in the notebook's output, the terminal's last line, or a log
   */
  readonly onWait?: ((words: string) => void) | undefined;
}

/** What was sent, and what came of it: a file that outlives the program. It shows itself as a table. */
export interface Ledger extends JobLedger {
  /** Where the file is. */
  readonly path: string;
  /** The service that it is of; nothing while nothing was sent. */
  readonly service: string | undefined;
  /** What it holds, oldest first. */
  readonly entries: readonly LedgerEntry[];
  /** What of the file was passed over, in words. */
  readonly notes: readonly string[];
  /**
   * Finds out what came of everything that was sent without an answer, and says what of it was: found, absent, or
   * ambiguous; of tasks that were made, which jobs they have. Nothing is sent. A record may appear late, so that it can
   * take two minutes, and up to seven where the program died; a service that cannot be reached is waited for.
   */
  reconcile(client: object, options?: ReconcileCallOptions): Promise<readonly LedgerEntry[]>;
  /** Asks the service how far everything is, and each task that has not ended for its jobs, and writes it down. */
  update(client: object, options?: LedgerCallOptions): Promise<readonly LedgerEntry[]>;
  /**
   * Says which job an ambiguous entry is, or that it is none of them.
   *
   * @throws {LedgerError} if there is no such entry, or nothing about it to decide.
   */
  decide(key: string, decision: Decision): Promise<LedgerEntry>;
}

/** The key under which this package finds a ledger's file. */
const file: unique symbol = Symbol("journal");

/** The file of a ledger, and how it marks titles. */
export interface LedgerFile {
  /** The file. */
  readonly journal: Journal;
  /** Whether titles are marked. */
  readonly marks: boolean;
  /** The highest numbers at the service, as far as they were asked for. */
  readonly highest: Map<"job" | "task", number>;
}

/**
 * Opens a ledger: a file of JSON lines (mode 0600) in which everything that is sent is written down before it is sent.
 * One that is not there yet is made when something is sent.
 *
 * @throws {LedgerError} if the file cannot be read or is damaged.
 *
 * @example
 * ```ts
 * import { AuthenticatedClient } from "@apex-dispatch/client";
 * import { openLedger } from "@apex-dispatch/client/ledger";
 * import { startSandbox } from "@apex-dispatch/client/sandbox";
 * import { assertEquals } from "@std/assert";
 *
 * await using sandbox = startSandbox();
 * const folder = await Deno.makeTempDir();
 * const ledger = await openLedger(`${folder}/fields.jsonl`);
 * const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token, ledger });
 * const request = {
 *   title: "Vegetation index",
 *   label: "openeo",
 *   service: {
 *     endpoint: "https://openeo.example.test",
 *     application: "https://catalogue.example.test/vegetation_index.json",
 *   },
 *   parameters: { spatial_extent: { west: 12, south: 41, east: 13, north: 42 } },
 *   format: "gtiff",
 * } as const;
 * const job = await client.unitJobs.create(request);
 * const same = await client.unitJobs.create(request); // the cell run again: nothing is sent
 * assertEquals(same.id, job.id);
 * assertEquals(sandbox.platformJobs.length, 1);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function openLedger(path: string, options: OpenLedgerOptions = {}): Promise<Ledger> {
  return await orDispatchErrorLater("Cannot open the ledger", options, async () => {
    const rules = { titleToken: ["on", "off"], patience: "number" } as const;
    checkOptions<OpenLedgerOptions>("Cannot open the ledger", options, rules);
    const { titleToken = "on", patience = 30_000 } = options;
    return ledgerOf(await openJournal(path, { patience }), { marks: titleToken === "on" });
  });
}

/** The ledger that a file is. */
export function ledgerOf(journal: Journal, { marks }: Pick<LedgerFile, "marks">): Ledger {
  const { path } = journal;
  const opened: LedgerFile = { journal, marks, highest: new Map() };
  const busy = new Map<string, Promise<unknown>>();
  const ledger: Ledger = {
    path,
    get service() {
      return journal.header?.service;
    },
    get entries() {
      return [...journal.entries.values()];
    },
    get notes() {
      return journal.notes;
    },
    async submit<Made extends { readonly id: number }>(given: LedgeredCall<Made>) {
      // Two calls for the same at once: the second one sees what came of the first.
      const key = keyOf(given);
      const earlier = busy.get(key);
      const mine = held(journal, given.wire, given.signal, async (): Promise<ApiResponse<Made>> => {
        await earlier?.catch(() => {});
        return await sendOnce({ ...opened, resend: true }, given);
      });
      busy.set(key, mine);
      try {
        return await mine;
      } finally {
        if (busy.get(key) === mine) busy.delete(key);
      }
    },
    async reconcile(client, { signal, maxOutage, onWait } = {}) {
      const wire = wireFor(client, "reconcile the ledger");
      const line = waitingLine();
      const options = { wire, signal, maxOutage, onWait: onWait ?? line.say };
      try {
        return await held(journal, wire, signal, async () => {
          const open = [...journal.entries.values()].filter(isOpen);
          await reconcile(journal, open, options);
          await learnChildren(journal, options);
          return open.flatMap(({ key }) => journal.entries.get(key) ?? []);
        });
      } finally {
        await line.close();
      }
    },
    async update(client, { signal } = {}) {
      const wire = wireFor(client, "update the ledger");
      return await held(journal, wire, signal, async () => {
        await learnStatuses(journal, wire, signal);
        await learnChildren(journal, { wire, signal, maxOutage: 0 });
        return [...journal.entries.values()];
      });
    },
    async decide(key, decision) {
      const release = await journal.hold();
      try {
        const entry = journal.entries.get(key);
        if (entry === undefined || isMade(entry)) throw nothingToDecide(key, entry);
        const at = new Date().toISOString();
        await journal.append(
          decision.id === undefined
            ? { at, key, state: "absent" }
            : { at, key, state: "found", id: decision.id },
        );
        return journal.entries.get(key) ?? entry;
      } finally {
        await release();
      }
    },
  };
  Object.defineProperty(ledger, file, { value: opened });
  const table = () => ledgerTable(ledger);
  return showAs(ledger, table);
}

/** The file of an opened ledger. */
export function fileOf(ledger: Ledger): LedgerFile {
  const found: unknown = Reflect.get(ledger, file);
  if (isFile(found)) return found;
  throw new LedgerError("Cannot use this ledger: openLedger did not open it", {
    reason: "file",
    hint: "open it with openLedger(path)",
  });
}

function isFile(value: unknown): value is LedgerFile {
  return typeof value === "object" && value !== null && "journal" in value;
}

/**
 * What a ledger needs of a client.
 *
 * @throws {LedgerError} if it is no client that acts in somebody's name.
 */
export function wireFor(client: unknown, what: string): LedgerWire {
  const wire = wireOf(client);
  if (wire !== undefined) return wire;
  throw new LedgerError(`Cannot ${what}: expected an AuthenticatedClient`, {
    reason: "other",
    hint: "make one: new AuthenticatedClient({ baseUrl, token })",
  });
}

/** Does something while the file is held, for a client whose ledger it is. */
export async function held<T>(
  journal: Journal,
  wire: LedgerWire,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const account = await wire.account(signal);
  const release = await journal.hold(signal);
  try {
    const { header } = journal;
    if (header === undefined) {
      await journal.append({
        ...{ ledger: 1, at: new Date(wire.clock.now()).toISOString(), service: wire.service },
        ...(account === undefined ? {} : { account }),
      });
    } else if (header.service !== wire.service) {
      throw otherOwner(journal.path, `the service ${header.service}, not ${wire.service}`);
    } else if (account && header.account && account.id !== header.account.id) {
      const [theirs, mine] = [header.account.name, account.name].map((name) => quote(name));
      throw otherOwner(journal.path, `the account ${theirs}, not ${mine}`);
    }
    return await work();
  } finally {
    await release();
  }
}

function otherOwner(path: string, whose: string): LedgerError {
  return new LedgerError(`Cannot use ${path}: it is the ledger of ${whose}; nothing was sent`, {
    reason: "other",
    hint: "name another file, or sign in as before",
  });
}

function nothingToDecide(key: string, entry: LedgerEntry | undefined): LedgerError {
  const what = `Cannot decide about ${quote(key)}`;
  return entry === undefined
    ? new LedgerError(`${what}: the ledger knows no such key`, {
      reason: "key",
      hint: "the table of the ledger names the keys",
    })
    : new LedgerError(`${what}: it is known to be ${entry.kind} ${entry.id}`, { reason: "key" });
}
