/**
 * A program that brings one file home, to be killed: `bring.ts ADDRESS FOLDER`. At its end it says how much memory it
 * took at the most.
 *
 * @module
 */
import { download } from "../../../src/results/mod.ts";
import { collectionOf } from "../support/collections.ts";

const [href = "", folder = ""] = Deno.args;
const client = {
  unitJobs: { results: () => Promise.reject(new Error("nobody asks")) },
};
let peak = 0;
const look = () => peak = Math.max(peak, Deno.memoryUsage().rss);
const looking = setInterval(look, 20);
await download(client, collectionOf({ "file.bin": { href } }), folder, { screen: false });
clearInterval(looking);
look();
console.log(JSON.stringify({ peak }));
