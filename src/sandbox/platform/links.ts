import type { PlatformJob } from "../service/state.ts";

/** What the links of a job's results need to know. */
export interface LinkOptions {
  /** Where the sandbox is. */
  readonly origin: string;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
  /** How long a link holds, in milliseconds. */
  readonly linkLife: number;
}

/** What a link to a file says of itself. */
export interface LinkParts {
  /** The platform's id of the job. */
  readonly id: string;
  /** The user's id, as it stands in the path. */
  readonly user: string;
  readonly signature: string;
  /** The file. */
  readonly name: string;
  /** Until when it holds, in seconds since 1970. */
  readonly expires: number;
}

/** The path of a signed link, as a router reads it. */
export const SIGNED_PATH = "/sandbox/files/jobs/:id/results/assets/:user/:signature/:name";

/** A link to a file that needs no token: signature and user are in its path, and it ends. */
export async function signedLink(
  job: PlatformJob,
  name: string,
  { origin, now, linkLife }: LinkOptions,
): Promise<string> {
  const user = new TextEncoder().encode(job.user).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
  const expires = Math.floor((now + linkLife) / 1000);
  const signature = await signatureOf({ id: job.id, user, name, expires });
  return `${origin}/sandbox/files/jobs/${job.id}/results/assets/${user}/${signature}/${name}?expires=${expires}`;
}

/** Whether a link to a file is genuine, whether or not it still holds. */
export async function isGenuine({ signature, ...parts }: LinkParts): Promise<boolean> {
  return signature === await signatureOf(parts);
}

/** A digest without a key: it looks like a signature and guards nothing, as nothing needs it. */
async function signatureOf(
  { id, user, name, expires }: Omit<LinkParts, "signature">,
): Promise<string> {
  const text = new TextEncoder().encode(`${id}/${user}/${name}?${expires}`);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", text)).toHex().slice(0, 32);
}
