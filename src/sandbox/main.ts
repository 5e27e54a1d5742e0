import { startSandbox } from "./start.ts";

const DEFAULT_PORT = 8787;

/** Runs a sandbox on a fixed port until it is interrupted. */
async function main(args: readonly string[]): Promise<number> {
  const port = readPort(args);
  if (port === undefined) {
    console.error(`Usage: deno task sandbox [--port ${DEFAULT_PORT}]`);
    return 2;
  }
  await using sandbox = startSandbox({ port });
  console.log(`The sandbox is at ${sandbox.url}

  token             ${sandbox.token}
  another user's    ${sandbox.otherToken}
  sign-in           ${sandbox.issuer}
                    (client id ${sandbox.clientId})
  catalogue         ${sandbox.catalogue}

Try it:

  curl -H "Authorization: Bearer ${sandbox.token}" ${sandbox.url}/jobs_status

or, in a script or notebook, set APEX_DISPATCH_URL=${sandbox.url} and
APEX_DISPATCH_TOKEN=${sandbox.token}. Ctrl+C ends it, and everything in it is gone.`);
  await interrupted();
  return 0;
}

/** The port of the arguments; none if they cannot be understood. */
function readPort(args: readonly string[]): number | undefined {
  if (args.length === 0) return DEFAULT_PORT;
  const match = /^--port[= ](\d{1,5})$/.exec(args.join(" "));
  const port = Number(match?.[1] ?? NaN);
  return port <= 65_535 ? port : undefined;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    const onInterrupt = () => {
      Deno.removeSignalListener("SIGINT", onInterrupt);
      resolve();
    };
    Deno.addSignalListener("SIGINT", onInterrupt);
  });
}

if (import.meta.main) Deno.exit(await main(Deno.args));
