/** The ports below those that systems hand out to whoever asks for any, or connects: Linux begins at 32768. */
const FIRST = 16_384, LAST = 32_767;

/**
 * A port that is free, and that nobody is given by chance: what is to be listened on later, or again, has to be free
 * until then.
 */
export function ownPort(): number {
  while (true) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}
