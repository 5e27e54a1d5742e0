import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { RequestInvalidError } from "../../mod.ts";
import { LedgerError, openLedger } from "../../src/ledger/mod.ts";
import { startSandbox } from "../../src/sandbox/mod.ts";
import { test } from "../support/test.ts";
import { clientOf, linesOf, requestOf, tokenOf, withFolder } from "./support.ts";

test("create() with a ledger sends the same once, and another key or request again", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const ledger = await openLedger(`${folder}/a.jsonl`);
    const client = clientOf(sandbox, { ledger });
    const job = await client.unitJobs.create(requestOf(1));
    assertEquals((await client.unitJobs.create(requestOf(1))).id, job.id);
    const whole = await client.unitJobs.create(requestOf(1)).detailed();
    assertEquals([whole.ok, whole.status], [true, 200]);
    await client.unitJobs.create(requestOf(2));
    await client.unitJobs.create(requestOf(1), { key: "second" });
    assertEquals(sandbox.platformJobs.length, 3);
    assertEquals(ledger.entries.map(({ state, id }) => [state, id]), [
      ["created", 1],
      ["created", 2],
      ["created", 3],
    ]);
  });
});

test("create() with a ledger sends once what is asked for twice at the same time", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const client = clientOf(sandbox, { ledger: await openLedger(`${folder}/a.jsonl`) });
    const made = await Promise.all(
      [1, 1, 1].map((place) => client.unitJobs.create(requestOf(place))),
    );
    assertEquals(new Set(made.map(({ id }) => id)).size, 1);
    assertEquals(sandbox.platformJobs.length, 1);
  });
});

test("a ledger holds intent, sent, created in this order, and neither token nor signed address", async () => {
  await using sandbox = startSandbox({ tokens: { [tokenOf("ada")]: "ada" } });
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    const client = clientOf(sandbox, {
      ledger: await openLedger(path),
      headers: { "x-api-key": "s3cret-header" },
    });
    const request = requestOf(1);
    const signed = "https://files.example.test/a.tif?X-Amz-Signature=abcdef0123456789";
    await client.unitJobs.create({
      ...request,
      parameters: { ...request.parameters, mask: signed },
    });
    const lines = await linesOf(path);
    assertEquals(lines.map(({ state, ledger }) => state ?? ledger), [
      1,
      "intent",
      "sent",
      "created",
    ]);
    assertEquals(lines[0]?.account, { id: "id-of-ada", name: "ada" });
    const text = await Deno.readTextFile(path);
    for (const secret of [sandbox.token, "s3cret-header", "abcdef0123456789"]) {
      assert(!text.includes(secret));
    }
  });
});

test("a ledger is written before the first byte of a request leaves", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    const seen: unknown[] = [];
    await using proxy = await proxyTo(sandbox.url, async (first) => {
      // The list is asked for over the same kind of connection; only what creates is of interest.
      if (first.startsWith("POST")) seen.push((await linesOf(path)).map(({ state }) => state));
    });
    const client = clientOf(sandbox, { baseUrl: proxy.url, ledger: await openLedger(path) });
    await client.unitJobs.create(requestOf(1));
    assertEquals(seen, [[undefined, "intent", "sent"]]);
  });
});

/** Passes connections on, and lets somebody look before the first bytes go further. */
async function proxyTo(url: string, look: (first: string) => Promise<void>) {
  const { hostname, port } = new URL(url);
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const work: Promise<void>[] = [];
  const open: Deno.Conn[] = [];
  const serve = async (near: Deno.Conn) => {
    const far = await Deno.connect({ hostname, port: Number(port) });
    open.push(near, far);
    const back = far.readable.pipeTo(near.writable).catch(() => {});
    const writer = far.writable.getWriter();
    try {
      for await (const chunk of near.readable) {
        await look(new TextDecoder().decode(chunk));
        await writer.write(chunk);
      }
      await writer.close();
    } catch {
      await writer.abort().catch(() => {});
    }
    await back;
  };
  const accepting = (async () => {
    for await (const connection of listener) work.push(serve(connection));
  })();
  await Promise.resolve();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      // The client keeps its connection for a while.
      for (const connection of open) {
        try {
          connection.close();
        } catch {
          // It has closed already.
        }
      }
      await Promise.allSettled(work);
    },
  };
}

test("a lost answer is found by its title, in whichever way it was lost", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    for (const titleToken of ["on", "off"] as const) {
      const ledger = await openLedger(`${folder}/${titleToken}.jsonl`, { titleToken });
      const client = clientOf(sandbox, { ledger });
      const before = sandbox.platformJobs.length;
      const faults = [
        { kind: "drop", carriedOut: true, times: 1 },
        { kind: "html", carriedOut: true, times: 1 },
        { kind: "garbage", carriedOut: true, times: 1 },
        { kind: "cut", times: 1 },
        { kind: "html", status: 504, carriedOut: true, times: 1 },
      ] as const;
      for (const [index, fault] of faults.entries()) {
        sandbox.faults.set("unitJobs.create", fault);
        const place = before + index + 1;
        const job = await client.unitJobs.create(requestOf(place));
        assertEquals(ledger.entries.at(-1)?.state, "found");
        assertEquals(job.id, ledger.entries.at(-1)?.id);
        assert(job.title.startsWith(`Field ${place}`));
      }
      assertEquals(sandbox.platformJobs.length - before, faults.length);
    }
  });
});

test("what was lost before it was carried out is sent again, once it is absent", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    const client = clientOf(sandbox, { ledger: await openLedger(path) });
    sandbox.faults.set("unitJobs.create", { kind: "html", times: 1 });
    await client.unitJobs.create(requestOf(1));
    assertEquals(sandbox.platformJobs.length, 1);
    assertEquals((await linesOf(path)).map(({ state }) => state), [
      ...[undefined, "intent", "sent", "unknown", "absent"],
      ...["intent", "sent", "created"],
    ]);
    const tokens = (await linesOf(path)).flatMap(({ token }) => token ?? []);
    assertEquals(new Set(tokens).size, 1);
  });
});

test("what a platform refuses is told, and not sent again and again", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const ledger = await openLedger(`${folder}/a.jsonl`);
    const client = clientOf(sandbox, { ledger });
    sandbox.setLinked(false);
    await assertRejects(() => client.unitJobs.create(requestOf(1)), Error, "account");
    assertEquals(ledger.entries.map(({ state }) => state), ["refused"]);
    const creates = () => sandbox.requests.filter(({ method }) => method === "POST").length;
    assertEquals(creates(), 1);
    sandbox.setLinked(true);
    await client.unitJobs.create(requestOf(1));
    assertEquals([creates(), ledger.entries[0]?.state], [2, "created"]);
  });
});

test("two equal jobs of unknown answer are for a person to tell, and nothing is sent", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const ledger = await openLedger(`${folder}/a.jsonl`, { titleToken: "off" });
    const client = clientOf(sandbox, { ledger });
    await client.unitJobs.create(requestOf(7));
    const elsewhere = clientOf(sandbox);
    await elsewhere.unitJobs.create(requestOf(1));
    sandbox.faults.set("unitJobs.create", { kind: "drop", carriedOut: true, times: 1 });
    const error = await assertRejects(() => client.unitJobs.create(requestOf(1)), LedgerError);
    assertEquals(error.reason, "ambiguous");
    const made = sandbox.platformJobs.length;
    await assertRejects(() => client.unitJobs.create(requestOf(1)), LedgerError, "can be it");
    assertEquals(sandbox.platformJobs.length, made);
    const [, entry] = ledger.entries;
    assertEquals(entry?.candidates, [2, 3]);
    assertStringIncludes(String(Deno.inspect(ledger)), "ambiguous");
    await ledger.decide(entry?.key ?? "", { id: 3 });
    assertEquals((await client.unitJobs.create(requestOf(1))).id, 3);
    await assertRejects(
      () => ledger.decide(entry?.key ?? "", { absent: true }),
      LedgerError,
      "it is known to be job 3",
    );
  });
});

test("a ledger of another account or service is refused, and nothing is sent", async () => {
  const [ada, ben] = [tokenOf("ada"), tokenOf("ben")];
  await using sandbox = startSandbox({ tokens: { [ada]: "ada", [ben]: "ben" } });
  await using other = startSandbox({ tokens: { [ada]: "ada" } });
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    await clientOf(sandbox).unitJobs.create(requestOf(1), { ledger: await openLedger(path) });
    const ledger = await openLedger(path);
    const asBen = clientOf(sandbox, { token: ben });
    const error = await assertRejects(
      () => asBen.unitJobs.create(requestOf(2), { ledger }),
      LedgerError,
      'the account "ada", not "ben"',
    );
    assertEquals(error.reason, "other");
    await assertRejects(
      () => clientOf(other).unitJobs.create(requestOf(2), { ledger }),
      LedgerError,
      `the service ${sandbox.url}`,
    );
    assertEquals([sandbox.platformJobs.length, other.platformJobs.length], [1, 0]);
    // A fresh token of the same account is as good.
    await sandbox.expireToken(ada);
    assertEquals(ledger.service, sandbox.url);
  });
});

test("titles are marked, counted with their mark, and shown without it", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const ledger = await openLedger(`${folder}/a.jsonl`);
    const client = clientOf(sandbox, { ledger });
    const title = "x".repeat(243);
    const job = await client.unitJobs.create(requestOf(1, title));
    assertEquals(job.title.length, 255);
    await assertRejects(
      () => client.unitJobs.create(requestOf(1, `${title}y`)),
      RequestInvalidError,
      "title: expected at most 243 characters",
    );
    const named = await client.unitJobs.create(requestOf(2));
    assert(/^Field 2 \[#[0-9a-z]{8}\]$/.test(named.title));
    for (const shown of [named, [named], ledger, await client.unitJobs.list()]) {
      const method: unknown = Reflect.get(shown, Symbol.for("Jupyter.display"));
      if (typeof method !== "function") continue;
      const text = JSON.stringify(Reflect.apply(method, shown, []));
      assertStringIncludes(text, "Field 2");
      assert(!text.includes("[#"), text);
    }
  });
});

test("reconcile() and update() say what came of yesterday's work", async () => {
  await using sandbox = startSandbox({ pace: { created: 0, queued: 0, running: 0 } });
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    const client = clientOf(sandbox);
    await client.unitJobs.create(requestOf(1), { ledger: await openLedger(path) });
    // The program died before it could write down what came of its request.
    const lines = (await Deno.readTextFile(path)).trimEnd().split("\n");
    await Deno.writeTextFile(path, `${lines.slice(0, -1).join("\n")}\n`);
    const ledger = await openLedger(path);
    assertEquals(ledger.entries.map(({ state }) => state), ["sent"]);
    assertEquals((await ledger.reconcile(client)).map(({ state, id }) => [state, id]), [[
      "found",
      1,
    ]]);
    assertEquals((await ledger.update(client)).map(({ status }) => status), ["finished"]);
    assertEquals((await openLedger(path)).entries[0]?.status, "finished");
    await assertRejects(() => ledger.reconcile({}), LedgerError, "expected an AuthenticatedClient");
  });
});

test("upscaleTasks.create() with a ledger makes one task, its answer lost or not", async () => {
  await using sandbox = startSandbox({ pace: { child: 0 } });
  await withFolder(async (folder) => {
    const ledger = await openLedger(`${folder}/a.jsonl`);
    const client = clientOf(sandbox, { ledger });
    const { parameters: _, ...rest } = requestOf(1, "Fields");
    const values = [1, 2].map((west) => ({ west, south: 41, east: west + 1, north: 42 }));
    const request = { ...rest, parameters: {}, dimension: { name: "spatial_extent", values } };
    sandbox.faults.set("upscaleTasks.create", { kind: "drop", carriedOut: true, times: 1 });
    const task = await client.upscaleTasks.create(request);
    assertEquals((await client.upscaleTasks.create(request)).id, task.id);
    assertEquals((await client.upscaleTasks.list()).length, 1);
    assertEquals(ledger.entries.map(({ kind, state, id }) => [kind, state, id]), [
      ["task", "found", task.id],
    ]);
  });
});

test("a key stands for one request", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const client = clientOf(sandbox, { ledger: await openLedger(`${folder}/a.jsonl`) });
    await client.unitJobs.create(requestOf(1), { key: "north" });
    const error = await assertRejects(
      () => client.unitJobs.create(requestOf(2), { key: "north" }),
      LedgerError,
      'the key "north" stands for another one ("Field 1")',
    );
    assertEquals(error.reason, "key");
  });
});

test("a request that breaks a rule is not written down", async () => {
  await using sandbox = startSandbox();
  await withFolder(async (folder) => {
    const path = `${folder}/a.jsonl`;
    const client = clientOf(sandbox, { ledger: await openLedger(path) });
    await assertRejects(
      () => client.unitJobs.create({ ...requestOf(1), title: "" }),
      RequestInvalidError,
      "title",
    );
    await assertRejects(() => Deno.stat(path), Deno.errors.NotFound);
  });
});

test("openLedger() refuses options that nobody knows", async () => {
  await assertRejects(
    () => openLedger("a.jsonl", JSON.parse('{"titletoken":"off"}')),
    Error,
    'did you mean "titleToken"',
  );
});
