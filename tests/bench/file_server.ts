/**
 * A program that hands out one large file as fast as a socket takes it, until it is ended: `file_server.ts BYTES`.
 * Says its address first. Speaks no more HTTP than a download from its start needs.
 *
 * @module
 */
const size = Number(Deno.args[0]);
const piece = crypto.getRandomValues(new Uint8Array(65_536));
const block = new Uint8Array(1_048_576);
for (let at = 0; at < block.length; at += piece.length) block.set(piece, at);

async function hand(connection: Deno.TcpConn): Promise<void> {
  using open = connection;
  if (await open.read(new Uint8Array(16_384)) === null) return;
  const writer = open.writable.getWriter();
  await writer.write(new TextEncoder().encode(
    `HTTP/1.1 200 OK\r\ncontent-type: image/tiff\r\ncontent-length: ${size}\r\nconnection: close\r\n\r\n`,
  ));
  for (let left = size; left > 0; left -= block.length) {
    await writer.write(left < block.length ? block.subarray(0, left) : block);
  }
}

const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
console.log(`http://127.0.0.1:${listener.addr.port}/large.tif`);
for await (const connection of listener) hand(connection).catch(() => {});
