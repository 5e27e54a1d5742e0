/** A body that brings its beginning and then nothing more; `closed` resolves when it is given up. */
export interface StalledBody {
  readonly response: Response;
  readonly closed: Promise<void>;
}

/** Makes an answer whose body stalls. */
export function stalledBody(start: string, init: ResponseInit = {}): StalledBody {
  const closed = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
    cancel: () => closed.resolve(),
  });
  return { response: new Response(body, init), closed: closed.promise };
}
