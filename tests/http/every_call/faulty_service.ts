import { jobSummary } from "../../support/requests.ts";
import { deadPort } from "../../support/server.ts";

/** What can go wrong with a create; the last ones only where the socket itself is at hand. */
export const FAULTS = [
  "answers",
  "answers slowly",
  "nobody listens",
  "refuses",
  "fails",
  "answers with a page",
  "never answers",
  "hangs up at once",
  "hangs up in the middle of the request",
  "hangs up after the request",
  "hangs up in the middle of the answer",
] as const;

/** One of them. */
export type Fault = (typeof FAULTS)[number];

/** A service in which the title of each job says what goes wrong with it. */
export interface FaultyService extends AsyncDisposable {
  readonly url: string;
  /** An address at which nobody listens. */
  readonly deadUrl: string;
  /** How often the whole of a request arrived, by title. */
  readonly arrived: ReadonlyMap<string, number>;
  /** The titles of the jobs that were made. */
  readonly made: ReadonlySet<string>;
}

/** Chance that comes out the same each time (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether a fault makes a job, once the request is there as a whole. */
function makesJob(fault: Fault): boolean {
  return fault !== "refuses";
}

/** A book of what arrived. */
function book() {
  const arrived = new Map<string, number>();
  const made = new Set<string>();
  return {
    arrived,
    made,
    /** Notes a whole request; hands back what goes wrong with it. */
    note(body: string): Fault {
      const title: string = JSON.parse(body).title;
      const fault = FAULTS.find((name) => title.endsWith(`: ${name}`));
      if (fault === undefined) throw new Error(`No such fault: ${title}`);
      arrived.set(title, (arrived.get(title) ?? 0) + 1);
      if (makesJob(fault)) made.add(title);
      return fault;
    },
  };
}

function answerOf(
  fault: Fault,
): { readonly status: number; readonly type: string; readonly body: string } {
  const type = "application/json";
  if (fault === "refuses") {
    const details = {
      errors: [{ type: "missing", loc: ["body", "title"], msg: "Field required", input: {} }],
    };
    const body = {
      status: "error",
      error_code: "VALIDATION_ERROR",
      message: "Request validation failed.",
      details,
      request_id: "c-1",
    };
    return { status: 422, type, body: JSON.stringify(body) };
  }
  if (fault === "fails") {
    const body = {
      status: "error",
      error_code: "INTERNAL_SERVER_ERROR",
      message: "An unexpected error occurred.",
      details: null,
      request_id: "c-1",
    };
    return { status: 500, type, body: JSON.stringify(body) };
  }
  if (fault === "answers with a page") {
    return { status: 502, type: "text/html", body: "<html><title>Bad Gateway</title></html>" };
  }
  return { status: 201, type, body: JSON.stringify(jobSummary()) };
}

/** The same over HTTP/1.1, on sockets that it can close when it likes. */
export async function cleartextService(): Promise<FaultyService> {
  const dead = await deadPort();
  const { arrived, made, note } = book();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const talks: Promise<void>[] = [];
  const talk = async (connection: Deno.Conn) => {
    const buffer = new Uint8Array(65_536);
    let text = "";
    while (true) {
      const length = await connection.read(buffer);
      if (length === null) return;
      text += new TextDecoder().decode(buffer.subarray(0, length));
      // The title comes first in the body: what goes wrong is known before the whole has arrived.
      if (/: hangs up at once"/.test(text)) return;
      if (/: hangs up in the middle of the request"/.test(text) && !isWhole(text)) return;
      if (!isWhole(text)) continue;
      const fault = note(bodyOf(text));
      text = "";
      if (fault === "hangs up in the middle of the request" || fault === "hangs up at once") return;
      if (fault === "hangs up after the request") return;
      if (fault === "never answers") {
        // The client goes first.
        while (await connection.read(buffer) !== null);
        return;
      }
      if (fault === "answers slowly") await pause(15);
      const { status, type, body } = answerOf(fault);
      const answer =
        `HTTP/1.1 ${status} X\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      const part = fault === "hangs up in the middle of the answer" ? answer.slice(0, -20) : answer;
      await connection.write(new TextEncoder().encode(part));
      if (part !== answer) return;
    }
  };
  const accepting = (async () => {
    for await (const connection of listener) {
      open.add(connection);
      talks.push(
        talk(connection).catch(() => {}).finally(() => {
          open.delete(connection);
          connection.close();
        }),
      );
    }
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    deadUrl: `http://127.0.0.1:${dead.port}`,
    arrived,
    made,
    async [Symbol.asyncDispose]() {
      dead[Symbol.dispose]();
      listener.close();
      await accepting.catch(() => {});
      for (const connection of open) connection.close();
      await Promise.all(talks.map((talking) => talking.catch(() => {})));
    },
  };
}

/** Whether a request has come to its end: one that is sent in chunks ends with an empty one. */
function isWhole(text: string): boolean {
  const at = text.indexOf("\r\n\r\n");
  if (at < 0) return false;
  const [head, body] = [text.slice(0, at), text.slice(at + 4)];
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return length === undefined ? body.endsWith("0\r\n\r\n") : body.length >= Number(length);
}

function bodyOf(text: string): string {
  return text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
}

/** The same over TLS, as HTTP/2; a service that hangs up ends its answer with an error. */
export async function tlsService(): Promise<
  FaultyService & {
    /** The authority that its certificate is of. */
    readonly certificate: string;
    /** Over what it was asked. */
    readonly protocols: ReadonlySet<string>;
  }
> {
  const fixture = (name: string) => new URL(`../../fixtures/${name}`, import.meta.url);
  const dead = await deadPort();
  const [certificate, cert, key] = await Promise.all([
    Deno.readTextFile(fixture("loopback_authority.pem")),
    Deno.readTextFile(fixture("loopback_cert.pem")),
    Deno.readTextFile(fixture("loopback_key.pem")),
  ]);
  const { arrived, made, note } = book();
  const protocols = new Set<string>();
  const held = Promise.withResolvers<Response>();
  const server = Deno.serve(
    {
      hostname: "127.0.0.1",
      port: 0,
      cert,
      key,
      onListen() {},
      onError: () => new Response(null, { status: 500 }),
    },
    async (request) => {
      // HTTP/2 has no Host header of its own.
      protocols.add(request.headers.has("host") ? "http/1.1" : "h2");
      const fault = note(await request.text());
      if (fault === "never answers") return await held.promise;
      if (fault === "answers slowly") await pause(15);
      const { status, type, body } = answerOf(fault);
      if (!fault.startsWith("hangs up")) {
        return new Response(body, { status, headers: { "Content-Type": type } });
      }
      const broken = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(body.slice(0, -20)));
          controller.error(new Error("hung up"));
        },
      });
      return new Response(broken, { status, headers: { "Content-Type": type } });
    },
  );
  return {
    url: `https://localhost:${server.addr.port}`,
    deadUrl: `https://localhost:${dead.port}`,
    certificate,
    protocols,
    arrived,
    made,
    async [Symbol.asyncDispose]() {
      dead[Symbol.dispose]();
      held.resolve(new Response());
      await server.shutdown();
    },
  };
}
