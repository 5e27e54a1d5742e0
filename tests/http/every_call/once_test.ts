import { assertEquals } from "@std/assert";
import { AuthenticatedClient, ConnectionError } from "../../../mod.ts";
import { JOB_REQUEST, jobSummary, wholeJob } from "../../support/requests.ts";
import { test } from "../../support/test.ts";

/** A server that answers what comes first on each connection and, as the second comes, hangs up. */
function hangUpOnSecond() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const seen: string[] = [];
  const serving: Promise<void>[] = [];
  const talk = async (connection: Deno.Conn) => {
    const buffer = new Uint8Array(65_536);
    for (let turn = 0; turn < 2; turn++) {
      const length = await connection.read(buffer);
      if (length === null) break;
      const [line = ""] = new TextDecoder().decode(buffer.subarray(0, length)).split(" HTTP");
      seen.push(line);
      if (turn === 1) break;
      const body = JSON.stringify(line.startsWith("GET") ? wholeJob() : jobSummary());
      await connection.write(new TextEncoder().encode(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      ));
    }
    connection.close();
  };
  const accepting = (async () => {
    for await (const connection of listener) serving.push(talk(connection).catch(() => {}));
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    seen,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting.catch(() => {});
      await Promise.all(serving);
    },
  };
}

for (const name of ["create", "createSync"] as const) {
  test(`unitJobs.${name}() arrives once, though the runtime would send it again`, async () => {
    await using server = hangUpOnSecond();
    const { unitJobs } = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    await unitJobs.get(42);
    const error: unknown = await unitJobs[name](JOB_REQUEST).then(() => undefined, (e) => e);
    assertEquals(error instanceof ConnectionError && error.outcome, "unknown");
    assertEquals(server.seen.filter((line) => line.startsWith("POST")).length, 1);
    assertEquals(server.seen.length, 2);
  });
}
