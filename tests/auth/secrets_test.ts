import { assert, assertEquals, assertRejects } from "@std/assert";
import { clientCredentialsWith } from "../../src/auth/sources/client_credentials.ts";
import { machineFetch } from "../../src/auth/provider/provider_fetch.ts";
import { promptScreen } from "../../src/auth/prompt/prompt_screen.ts";
import { signInWith } from "../../src/auth/sign_in.ts";
import { AuthenticatedClient } from "../../src/client.ts";
import { systemClock } from "../../src/core/waiting.ts";
import { jupyterDisplay } from "../../src/display/render/displayable.ts";
import { test } from "../support/test.ts";
import { at, quickSandbox, surroundings } from "./support/around.ts";

/** A `fetch` that notes every secret that goes by: what is sent and what comes back. */
function noting(secrets: Set<string>): typeof fetch {
  const names =
    /^(?:access_token|refresh_token|id_token|device_code|user_code|code|code_verifier|client_secret|token)$/;
  return async (input, init) => {
    for (
      const [name, value] of new URLSearchParams(
        init?.body instanceof URLSearchParams ? init.body : "",
      )
    ) {
      if (names.test(name)) secrets.add(value);
    }
    const answer = await machineFetch(input, init);
    const text = await answer.clone().text();
    if (text.startsWith("{")) {
      for (const [name, value] of Object.entries(JSON.parse(text))) {
        if (names.test(name) && typeof value === "string") secrets.add(value);
      }
    }
    return answer;
  };
}

/** Everything that can be seen of a value. */
function looks(value: unknown): string {
  const texts = [
    Deno.inspect(value, { showHidden: true, depth: 50, getters: true }),
    String(value),
  ];
  for (let error = value; error instanceof Error; error = error.cause) {
    texts.push(error.message, error.stack ?? "", Deno.inspect({ ...error }, { showHidden: true }));
  }
  try {
    texts.push(JSON.stringify(value) ?? "");
  } catch (error) {
    texts.push(String(error));
  }
  return texts.join("\n");
}

test("nothing that is printed, thrown, shown or saved holds a secret", async () => {
  await using sandbox = quickSandbox();
  const secrets = new Set<string>();
  const seen: string[] = [];
  const saved: unknown[] = [];
  const kernel = {
    broadcast(_type: string, content: Record<string, unknown>) {
      saved.push(content);
      return Promise.resolve();
    },
  };
  const fetch = noting(secrets);
  let answer: "approve" | "deny" = "approve";
  const around = surroundings(undefined, {
    fetch,
    warn: (message) => void seen.push(message),
    screen: (where) => {
      const screen = promptScreen({ where, clock: systemClock, kernel });
      return {
        ...screen,
        async show(prompt, remark) {
          await screen.show(prompt, remark);
          if (prompt.kind === "device" && sandbox.identity.waiting.includes(prompt.code)) {
            sandbox.identity[answer](prompt.code);
          }
        },
      };
    },
  });
  const options = { ...at(sandbox), store: "memory" } as const;
  const session = await signInWith(options, around);
  const client = new AuthenticatedClient({ baseUrl: session.service, token: session.token });
  seen.push(
    looks(session),
    looks(client),
    JSON.stringify(Reflect.get(session, jupyterDisplay)?.call(session)),
  );
  seen.push(JSON.stringify(saved.at(-1)));
  await client.unitJobs.list();

  sandbox.identity.endSessions();
  sandbox.expireToken(await session.token());
  seen.push(looks(await assertRejects(() => client.unitJobs.list())));
  answer = "deny";
  seen.push(looks(await assertRejects(() => signInWith(options, around))));
  seen.push(JSON.stringify(saved.at(-1)));
  await session.signOut();
  seen.push(looks(session), looks(await assertRejects(() => session.token())));
  const wrong = {
    issuer: sandbox.issuer,
    clientId: sandbox.identity.agent.clientId,
    clientSecret: "wrong-secret-1234",
  };
  seen.push(
    looks(await assertRejects(() => clientCredentialsWith(wrong, { fetch, clock: systemClock })())),
  );

  assert(secrets.size >= 7, "each kind went by");
  for (const secret of secrets) {
    for (const text of seen) assertEquals(text.includes(secret), false, `${secret} in ${text}`);
  }
});

test("the code and the verifier of a browser are in nothing that is thrown", async () => {
  await using sandbox = quickSandbox({ identity: { approveAll: true } });
  const secrets: string[] = [];
  const broken: typeof fetch = (input, init) => {
    if (!String(input).endsWith("/token")) return machineFetch(input, init);
    const form = new URLSearchParams(init?.body instanceof URLSearchParams ? init.body : "");
    secrets.push(form.get("code") ?? "", form.get("code_verifier") ?? "");
    const body = { error: "invalid_request", error_description: `what is ${secrets.join(" ")}?` };
    return Promise.resolve(Response.json(body, { status: 400 }));
  };
  const around = surroundings(undefined, {
    fetch: broken,
    askForLine: async ({ url }) => {
      const page = await fetch(url, { redirect: "manual" });
      await page.body?.cancel();
      return page.headers.get("location") ?? "";
    },
  });
  const error = await assertRejects(() =>
    signInWith({ ...at(sandbox), store: "memory", flow: "paste" }, around)
  );
  assert(secrets.length === 2 && secrets.every((secret) => secret.length > 20));
  for (const secret of secrets) {
    assertEquals(looks(error).includes(secret), false, secret);
  }
});

test("an abort ends a sign-in in every phase, and leaves nothing open", async () => {
  await using sandbox = quickSandbox({ identity: { interval: 0.2 } });
  const reason = new Error("enough");
  // The discovery, the device's beginning, the first poll; the prompt itself and the pause are in sign_in_test.ts.
  for (const part of ["openid-configuration", "auth/device", "/token"]) {
    const aborting = new AbortController();
    const hanging: typeof fetch = (input, init) => {
      if (!String(input).endsWith(part)) return machineFetch(input, init);
      queueMicrotask(() => aborting.abort(reason));
      return new Promise((_, reject) =>
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason), { once: true })
      );
    };
    const around = surroundings(undefined, { fetch: hanging });
    const error = await assertRejects(() =>
      signInWith({ ...at(sandbox), store: "memory", signal: aborting.signal }, around)
    );
    assertEquals(error, reason, part);
  }
});
