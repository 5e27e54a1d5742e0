// The service of the benchmarks, in a process of its own: what it costs is not part of what is measured.
import { jobSummary } from "../support/requests.ts";

const answer = new TextEncoder().encode(JSON.stringify(jobSummary()));
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(port),
}, async (request) => {
  await request.arrayBuffer();
  return new Response(answer, { status: 201, headers: { "Content-Type": "application/json" } });
});
