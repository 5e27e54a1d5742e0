import { type Operation, operations } from "../../api/operations.ts";
import { type Answer, proxyPage, rawAnswer, toResponse } from "../server/answers.ts";
import type { FaultBox } from "../server/faults.ts";
import { type Call, type Handler, readFilter, readId } from "../server/handler.ts";
import { getJobsStatus } from "../service/overviews.ts";
import { loggedPath, logRequest } from "../server/log.ts";
import type { Connections } from "./relay.ts";
import { aborted, runStream, type StreamSubject } from "./stream.ts";
import { spoilsHandshake, type StreamTarget } from "./stream_faults.ts";
import { getUpscaleTask, makeDueJobs } from "../service/tasks.ts";
import { validateInteger } from "../server/validate.ts";
import type { World } from "../service/world.ts";

/** What the streams work with. */
export interface StreamsOptions {
  /** Everything behind them. */
  readonly world: World;
  /** What goes wrong. */
  readonly faults: FaultBox;
  /** Makes up an id for the log. */
  readonly newId: () => string;
  /** Ends every wait. */
  readonly signal: AbortSignal;
  /** What carries the bytes. */
  readonly connections: Connections;
}

/** One of the two streams: it tells again and again what an operation answers. */
interface Stream {
  readonly target: StreamTarget;
  readonly operation: Pick<Operation, "path" | "query" | "stream">;
  readonly ask: Handler;
}

const STREAMS: readonly Stream[] = [
  {
    target: "ws/jobs_status",
    operation: operations.getJobsStatus,
    ask: getJobsStatus,
  },
  {
    target: "ws/upscale_tasks",
    operation: operations.getUpscaleTask,
    ask: getUpscaleTask,
  },
];

/** The path of a stream, with its parameter as a group. */
function pathOf({ operation }: Stream): RegExp {
  return new RegExp(`^${operation.stream?.replace(/\{\w+\}/, "([^/]+)")}$`);
}

/** The pause between two rounds in seconds, unless the client names one. */
const DEFAULT_INTERVAL = 10;

/** Whether a request wants to become a WebSocket. */
export function isHandshake(request: Request): boolean {
  return request.method === "GET" && request.headers.get("upgrade")?.toLowerCase() === "websocket";
}

/**
 * Answers a handshake. The service refuses whatever it does not like about one in the same way; only
 * a token that is there, however bad, is looked at later, in every round.
 */
export async function serveHandshake(
  request: Request,
  remotePort: number,
  options: StreamsOptions,
): Promise<Response> {
  const { world, faults, signal } = options;
  const stream = STREAMS.find((one) => pathOf(one).test(new URL(request.url).pathname));
  const requestId = options.newId();
  const done = logRequest(world.state, { request, requestId, operation: stream?.target });
  const refuse = (answer: Answer): Response => {
    done(answer.status);
    return toResponse({ answer: { ...answer, bare: true } }, {});
  };
  const fault = stream && faults.takeStream(stream.target);
  if (fault !== undefined && spoilsHandshake(fault)) {
    if (fault.kind === "hang") {
      await aborted(signal);
      return new Response(null);
    }
    const { status = 403 } = fault;
    return refuse(status === 403 ? FORBIDDEN : proxyPage(status));
  }
  const subject = stream && readSubject(request, stream, { world, requestId });
  if (subject === undefined) return refuse(FORBIDDEN);
  const upgrade = tryUpgrade(request);
  if (upgrade === undefined) return refuse(BAD_HANDSHAKE);
  runStream(upgrade.socket, { ...options, subject, fault, remotePort });
  done(101);
  return upgrade.response;
}

/** What is refused is refused without a word. */
const FORBIDDEN: Answer = rawAnswer(403, null, { "content-type": "text/plain; charset=utf-8" });
const BAD_HANDSHAKE: Answer = rawAnswer(400, null, { "content-type": "text/plain" });

/** Reads what a handshake asks for; nothing if any part of it does not fit. */
function readSubject(
  { url: address }: Request,
  stream: Stream,
  { world, requestId }: { readonly world: World; readonly requestId: string },
): StreamSubject | undefined {
  const url = new URL(address);
  const token = url.searchParams.getAll("token").at(-1) ?? "";
  const { target, operation, ask } = stream;
  const call: Call = {
    // The request itself cannot be read any more once it has become a WebSocket.
    request: new Request(url),
    requestId,
    origin: url.origin,
    params: { id: decode(pathOf(stream).exec(url.pathname)?.[1] ?? "") },
    token,
  };
  const id = readId(operation, call);
  const interval = url.searchParams.getAll("interval").at(-1);
  const seconds = validateInteger(interval ?? String(DEFAULT_INTERVAL), ["query", "interval"]);
  if (token === "" || !id.ok || !seconds.ok || !readFilter(operation, call).ok) return undefined;
  return {
    target,
    path: loggedPath(call.request),
    taskId: target === "ws/upscale_tasks" ? id.value : undefined,
    interval: seconds.value,
    async ask() {
      makeDueJobs(world);
      return await ask(call, world);
    },
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Makes a WebSocket of a request; nothing if it lacks what a handshake has to have. */
function tryUpgrade(request: Request): Deno.WebSocketUpgrade | undefined {
  try {
    // Without pings, so that a silent or deaf connection stays until somebody ends it.
    return Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  } catch {
    return undefined;
  }
}
