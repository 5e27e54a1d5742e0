import * as z from "zod/mini";

const messageSchema = z.looseObject({
  id: z.optional(z.int()),
  method: z.optional(z.string()),
  result: z.optional(z.record(z.string(), z.unknown())),
  error: z.optional(z.looseObject({ message: z.string() })),
});
const evaluationSchema = z.object({
  result: z.looseObject({ value: z.unknown() }),
  exceptionDetails: z.optional(z.unknown()),
});
const pageSchema = z.looseObject({ webSocketDebuggerUrl: z.string() });
const pictureSchema = z.object({ data: z.string() });

/** A rectangle of a page, in CSS pixels. */
export interface Box {
  /** From the left edge. */
  readonly x: number;
  /** From the upper edge. */
  readonly y: number;
  /** Its width. */
  readonly width: number;
  /** Its height. */
  readonly height: number;
}

/** A page of a headless Chromium. */
export interface Page extends AsyncDisposable {
  /** Evaluates an expression in the page and answers its value, which must be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Photographs a part of the page as PNG. */
  photograph(box: Box): Promise<Uint8Array>;
}

/** Options of {@linkcode openPage}. */
export interface OpenPageOptions {
  /** An empty folder for Chromium's own files. */
  readonly directory: string;
  /** What the page is told the user prefers. */
  readonly scheme: "light" | "dark";
  /** The width of the window in CSS pixels. */
  readonly width: number;
  /** @default {"chromium"} The program. */
  readonly program?: string;
}

/** Opens a page in a Chromium of its own, at two device pixels a pixel and without the network. */
export async function openPage(
  url: string,
  { directory, scheme, width, program = "chromium" }: OpenPageOptions,
): Promise<Page> {
  const { process, origin } = await launch(program, directory);
  const answer = await fetch(`${origin}/json/new?about:blank`, { method: "PUT" });
  const { webSocketDebuggerUrl } = pageSchema.parse(await answer.json());
  const { send, event } = await connect(webSocketDebuggerUrl);

  await send("Page.enable");
  await send("Emulation.setDeviceMetricsOverride", {
    width,
    height: 800,
    deviceScaleFactor: 2,
    mobile: false,
  });
  await send("Emulation.setEmulatedMedia", {
    features: [{ name: "prefers-color-scheme", value: scheme }],
  });
  const loaded = event("Page.loadEventFired");
  await send("Page.navigate", { url });
  await loaded;

  return {
    async evaluate(expression) {
      const { result, exceptionDetails } = evaluationSchema.parse(
        await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true }),
      );
      if (exceptionDetails === undefined) return result.value;
      throw new Error(`Cannot evaluate in the page: ${JSON.stringify(exceptionDetails)}`);
    },
    async photograph(box) {
      const { data } = pictureSchema.parse(
        await send("Page.captureScreenshot", {
          format: "png",
          captureBeyondViewport: true,
          clip: { ...box, scale: 1 },
        }),
      );
      return Uint8Array.fromBase64(data);
    },
    async [Symbol.asyncDispose]() {
      await send("Browser.close");
      await process.status;
    },
  };
}

async function launch(
  program: string,
  directory: string,
): Promise<{ process: Deno.ChildProcess; origin: string }> {
  const command = new Deno.Command(program, {
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--hide-scrollbars",
      // A page that names something remote must not wait for it.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      `--user-data-dir=${directory}`,
      "--remote-debugging-port=0",
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  });
  const process = spawn(command, program);
  let log = "";
  for await (const text of process.stderr.pipeThrough(new TextDecoderStream())) {
    log += text;
    const address = log.match(/DevTools listening on ws:\/\/([^/]+)\//)?.[1];
    if (address !== undefined) return { process, origin: `http://${address}` };
  }
  throw new Error(`Cannot start ${program}: ${log.trim()}`);
}

function spawn(command: Deno.Command, program: string): Deno.ChildProcess {
  try {
    return command.spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Cannot find ${program}: install it with \`apt-get install chromium\``, {
      cause: error,
    });
  }
}

async function connect(url: string): Promise<{
  send: (method: string, params?: unknown) => Promise<unknown>;
  event: (method: string) => Promise<void>;
}> {
  const socket = new WebSocket(url);
  const calls = new Map<number, PromiseWithResolvers<unknown>>();
  const events = new Map<string, PromiseWithResolvers<void>>();
  const opened = Promise.withResolvers<void>();
  let lastId = 0;

  socket.onopen = () => opened.resolve();
  socket.onerror = () => opened.reject(new Error("Cannot speak to Chromium"));
  socket.onmessage = ({ data }) => {
    const { id, method, result, error } = messageSchema.parse(JSON.parse(data));
    if (method !== undefined) events.get(method)?.resolve();
    if (id === undefined) return;
    const call = calls.get(id);
    calls.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(`Chromium refuses: ${error.message}`));
  };
  socket.onclose = () => {
    const closed = new Error("Chromium closed the connection");
    for (const { reject } of [...calls.values(), ...events.values()]) reject(closed);
  };
  await opened.promise;

  return {
    send(method, params = {}) {
      const id = ++lastId;
      const call = Promise.withResolvers<unknown>();
      calls.set(id, call);
      socket.send(JSON.stringify({ id, method, params }));
      return call.promise;
    },
    event(method) {
      const happened = Promise.withResolvers<void>();
      events.set(method, happened);
      return happened.promise;
    },
  };
}
