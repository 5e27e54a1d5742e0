/// <reference lib="deno.worker" />
// Watches a folder as fast as it can: whose files are open to others, and whether the one that counts is whole.
const open: string[] = [];
let looks = 0;
let half = 0;
let folder: string | undefined;

function look(): void {
  if (folder === undefined) return;
  const until = performance.now() + 20;
  while (performance.now() < until) {
    looks++;
    for (const { name } of Deno.readDirSync(folder)) {
      try {
        const { mode } = Deno.statSync(`${folder}/${name}`);
        if (((mode ?? 0) & 0o077) !== 0) open.push(name);
        if (name !== "sign-in.json") continue;
        const text = Deno.readTextFileSync(`${folder}/${name}`);
        if (!/^\{(\d)\1{4999}\}$/.test(text)) half++;
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
  }
  setTimeout(look, 0);
}

self.addEventListener("message", (event) => {
  const data: unknown = event instanceof MessageEvent ? event.data : undefined;
  if (data === "end") {
    folder = undefined;
    self.postMessage({ type: "result", open, half, looks });
    return;
  }
  folder = String(data);
  self.postMessage({ type: "ready" });
  look();
});
