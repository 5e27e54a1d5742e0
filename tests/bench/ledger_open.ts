/**
 * Measures how long a ledger takes to open, beside reading the file and parsing its lines, which nobody can do without.
 * `deno task bench:ledger [--entries=5000] [--rounds=15]`
 *
 * @module
 */
import { fingerprintOf } from "../../src/ledger/journal/entry.ts";
import { encodeLine, type JournalLine } from "../../src/ledger/journal/line.ts";
import { openLedger } from "../../src/ledger/mod.ts";

/** What 5,000 entries may take, in milliseconds. */
const AIM = 200;

const numberOf = (name: string, usual: number) =>
  Number(Deno.args.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1] ?? usual);
const amount = numberOf("entries", 5_000), rounds = numberOf("rounds", 15);

function linesOf(index: number): JournalLine[] {
  const [at, key] = ["2026-11-23T15:38:21.000Z", `field ${index}`];
  const west = index % 90;
  const request = {
    title: `Field ${index}`,
    label: "openeo" as const,
    service: {
      endpoint: "https://openeo.example.test",
      application: "https://catalogue.example.test/vegetation_index.json",
    },
    parameters: { spatial_extent: { west, south: 41, east: west + 0.5, north: 42 } },
    format: "gtiff" as const,
  };
  const token = index.toString(32).padStart(8, "0");
  const fingerprint = fingerprintOf(request);
  return [
    { at, key, state: "intent", kind: "job", fingerprint, token, watermark: index, request },
    { at, key, state: "sent" },
    { at, key, state: "created", id: index + 1, status: "created" },
    { at, key, state: "status", status: "finished" },
  ];
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? NaN;
}

const folder = await Deno.makeTempDir();
try {
  const path = `${folder}/fields.jsonl`;
  const lines = Array.from({ length: amount }, (_, index) => linesOf(index)).flat();
  await Deno.writeTextFile(path, lines.map(encodeLine).join(""));
  const start = performance.now();
  const { entries } = await openLedger(path);
  const first = performance.now() - start;
  if (entries.length !== amount) throw new Error(`${entries.length} entries of ${amount}`);
  const ours = await median(() => openLedger(path));
  const plain = await median(async () => {
    const text = await Deno.readTextFile(path);
    return text.trimEnd().split("\n").map((line) => JSON.parse(line));
  });
  console.log(
    `openLedger, ${amount} entries (median of ${rounds}): ${ours.toFixed(0)} ms, the first ` +
      `${first.toFixed(0)} ms (aim for 5,000: < ${AIM} ms); ${
        (ours / plain).toFixed(2)
      } × reading ` +
      `and parsing the lines alone (${plain.toFixed(0)} ms)`,
  );
} finally {
  await Deno.remove(folder, { recursive: true });
}
