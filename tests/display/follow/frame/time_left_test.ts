import { assert, assertEquals } from "@std/assert";
import { roundTimeLeft, timeLeft } from "../../../../src/display/follow/frame/time_left.ts";
import { test } from "../../../support/test.ts";

const MINUTE = 60_000;

test("timeLeft() knows nothing before a job has ended, and nothing of work that is over", () => {
  const progress = { waiting: 9, running: [MINUTE], ran: [], elapsed: MINUTE, atOnce: 1 };
  assertEquals(timeLeft({ ...progress, ended: 0 }), undefined);
  assertEquals(timeLeft({ ...progress, ended: 3, waiting: 0, running: [] }), undefined);
  assertEquals(timeLeft({ ...progress, ended: 3, elapsed: 0 }), undefined);
});

test("timeLeft() reckons with jobs that run side by side", () => {
  const ran = [10, 10, 10, 10].map((minutes) => minutes * MINUTE);
  const left = (waiting: number, atOnce: number, running: readonly number[]) =>
    timeLeft({ waiting, running, ran, ended: 4, elapsed: 20 * MINUTE, atOnce });
  // Four at a time: two rounds more, after the five minutes that this one still takes.
  assertEquals(left(8, 4, Array(4).fill(5 * MINUTE)), 25 * MINUTE);
  // One at a time.
  assertEquals(left(8, 1, [5 * MINUTE]), 85 * MINUTE);
  // A place that is free at the moment is taken at once.
  assertEquals(left(2, 2, []), 10 * MINUTE);
});

test("timeLeft() takes the pace where no job was seen from its beginning to its end", () => {
  const left = timeLeft({
    waiting: 10,
    running: [],
    ran: [],
    ended: 10,
    elapsed: 10 * MINUTE,
    atOnce: 1,
  });
  assertEquals(left, 10 * MINUTE);
});

test("timeLeft() counts what runs longer than all that has ended", () => {
  const left = (age: number) =>
    timeLeft({
      waiting: 0,
      running: [age],
      ran: [MINUTE, MINUTE, MINUTE],
      ended: 3,
      elapsed: age,
      atOnce: 1,
    });
  assert((left(20 * MINUTE) ?? 0) > MINUTE, "Nobody says of it that it will end this minute");
});

test("roundTimeLeft() gives a guess as few digits as it deserves", () => {
  assertEquals(
    [1, 44, 94, 96, 3_500, 7_000, 40_000].map((seconds) => roundTimeLeft(seconds * 1_000) / 1_000),
    [10, 40, 90, 120, 3_480, 7_200, 39_600],
  );
});

/** Random numbers that are the same in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Job {
  readonly begins: number;
  readonly ends: number;
}

/** The jobs of a task: 8 to 400 of different lengths, 1 to 20 at once. */
function simulate(random: () => number): readonly Job[] {
  const amount = Math.round(8 * 50 ** random());
  const places = Array<number>(1 + Math.floor(random() * 20)).fill(0);
  const usual = 30_000 * Math.exp(random() * 4);
  const spread = 0.2 + random() * 0.5;
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const kind = Math.floor(random() * 3);
  const length = () =>
    kind === 0 ? usual * Math.exp(spread * normal()) : kind === 1
      ? usual * (0.5 + random())
      // Tiles at the edge of an area are smaller.
      : usual * (random() < 0.25 ? 0.3 : 0.9 + 0.2 * random());
  return Array.from({ length: amount }, (_, index) => {
    const free = places.indexOf(Math.min(...places));
    // They are made one by one.
    const begins = Math.max(places[free] ?? 0, index * 500);
    const ends = begins + length();
    places[free] = ends;
    return { begins, ends };
  });
}

/** What a watch sees of jobs that it asks about again and again, after the first quarter: guess and truth. */
function* readings(jobs: readonly Job[]): Generator<{ guess: number; truth: number }> {
  const end = Math.max(...jobs.map(({ ends }) => ends));
  const interval = Math.max(10_000, end / 200);
  const since = new Map<Job, number>();
  const ran: number[] = [];
  const over = new Set<Job>();
  const atOnce: number[] = [];
  for (let now = 0; now < end; now += interval) {
    const running: number[] = [];
    for (const job of jobs) {
      const seen = since.get(job);
      if (job.ends <= now) {
        if (!over.has(job) && seen !== undefined) ran.push(now - seen);
        over.add(job);
      } else if (job.begins <= now) {
        since.set(job, seen ?? now);
        running.push(now - (seen ?? now));
      }
    }
    atOnce.push(running.length);
    if (now < end / 4 || over.size < 3) continue;
    const guess = timeLeft({
      waiting: jobs.length - over.size - running.length,
      running,
      ran,
      ended: over.size,
      elapsed: now,
      atOnce: Math.max(...atOnce.slice(-10)),
    });
    if (guess !== undefined) yield { guess: roundTimeLeft(guess), truth: end - now };
  }
}

test("timeLeft() is within 30 % for 80 % of the readings of 1,000 tasks after their first quarter", () => {
  const random = randomNumbers(20261125);
  let [all, good] = [0, 0];
  for (let task = 0; task < 1_000; task++) {
    for (const { guess, truth } of readings(simulate(random))) {
      all++;
      if (Math.abs(guess - truth) <= 0.3 * truth) good++;
    }
  }
  assert(all > 60_000, `${all} readings`);
  assert(good >= 0.8 * all, `${good} of ${all}`);
});
