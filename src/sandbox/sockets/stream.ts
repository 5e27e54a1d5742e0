import type { Answer } from "../server/answers.ts";
import {
  applyStreamFault,
  type FaultyStep,
  type StreamFault,
  type StreamTarget,
} from "./stream_faults.ts";
import { conversation } from "./conversation.ts";
import { systemClock } from "../../core/waiting.ts";
import { logStream } from "../server/log.ts";
import type { Connections } from "./relay.ts";
import type { World } from "../service/world.ts";

/** The shortest pause between two rounds, in milliseconds of real time. */
const SHORTEST_PAUSE = 10;

/** How a connection ends that is simply gone (RFC 6455, section 7.1.5). */
const LOST = 1006;

/** What one stream is about. */
export interface StreamSubject {
  /** Which of the streams. */
  readonly target: StreamTarget;
  /** The path with its query, without the token. */
  readonly path: string;
  /** The task, where it is of one. */
  readonly taskId: number | undefined;
  /** The pause between two rounds, in seconds. */
  readonly interval: number;
  /** Asks for what it tells. */
  readonly ask: () => Promise<Answer>;
}

/** What is needed to run one stream. */
export interface RunOptions {
  /** Everything behind it. */
  readonly world: World;
  /** What carries the bytes. */
  readonly connections: Connections;
  /** The port that its connection comes from. */
  readonly remotePort: number;
  /** What it is about. */
  readonly subject: StreamSubject;
  /** What goes wrong with it. */
  readonly fault: StreamFault | undefined;
}

/** Runs a stream from its opening to its end. */
export function runStream(
  socket: WebSocket,
  { world, connections, remotePort, subject, fault }: RunOptions,
): void {
  const { after = 0, kind } = fault ?? {};
  if (kind === "drop") connections.dropAfter(remotePort, after);
  const steps = conversation(subject);
  socket.onopen = () => {
    const entry = logStream(world.state, subject);
    const gone = new AbortController();
    let closed = false;
    // The service never reads: the first message stays where it is, and all that follows behind it.
    socket.onmessage = () => {
      entry.received();
      connections.deafen(remotePort);
    };
    socket.onclose = ({ code, reason, wasClean }) => {
      gone.abort();
      const by = !wasClean ? "loss" : closed ? "service" : "client";
      entry.end({ by, code: wasClean ? code : LOST, reason });
    };
    void play(fault === undefined ? steps : applyStreamFault(fault, steps), {
      world,
      signal: gone.signal,
      send(text) {
        socket.send(text);
        entry.sent();
      },
      close(code, reason) {
        closed = true;
        socket.close(code, reason);
      },
    });
  };
}

/** What the steps of a stream are played on. */
interface Stage {
  readonly world: World;
  /** Aborts when the connection has ended. */
  readonly signal: AbortSignal;
  readonly send: (text: string) => void;
  readonly close: (code: number, reason: string) => void;
}

/** Does one step after the other until the connection ends. */
async function play(steps: AsyncIterable<FaultyStep>, stage: Stage): Promise<void> {
  const { signal, world: { clock } } = stage;
  try {
    for await (const step of steps) {
      if (signal.aborted) return;
      switch (step.kind) {
        case "send":
          stage.send(step.text);
          break;
        case "close":
          stage.close(step.code, step.reason);
          break;
        case "delay":
          await systemClock.sleep(step.milliseconds, signal);
          break;
        case "pause":
          if (step.milliseconds > 0) await clock.sleep(step.milliseconds, signal);
          else await systemClock.sleep(SHORTEST_PAUSE, signal);
          break;
        case "silence":
          await aborted(signal);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Waits until a signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
