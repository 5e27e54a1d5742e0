/**
 * Registers a test with the sanitizers on, which Deno leaves off by default: a test fails when it
 * leaves a timer, a socket or a file behind.
 */
export function test(name: string, fn: () => void | Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: true, sanitizeResources: true });
}
