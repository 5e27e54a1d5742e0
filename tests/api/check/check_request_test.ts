// Requests checked against what a service says that it takes, before anything is paid for.

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { AuthenticatedClient, jupyterDisplay, RequestInvalidError } from "../../../mod.ts";
import { type Confirm, confirmed } from "../../../src/api/check/check_request.ts";
import { DispatchError } from "../../../src/core/dispatch_error.ts";
import { manualClock } from "../../../src/sandbox/mod.ts";
import { JOB_REQUEST, jobSummary } from "../../support/requests.ts";
import { serve, type TestServer } from "../../support/server.ts";
import { test } from "../../support/test.ts";

const PARAMETERS = [
  { name: "bbox", type: "bounding-box", optional: false, description: "", default: null },
  { name: "resolution", type: "integer", optional: true, description: "", default: null },
  { name: "bands", type: "array-string", optional: true, description: "", default: null },
];

/** A service that says what it takes, and takes every job; `fail` makes it fail to say. */
function service(fail: () => boolean = () => false): TestServer {
  return serve(({ path }) => {
    if (path === "/unit_jobs") return Response.json(jobSummary(), { status: 201 });
    return fail()
      ? Response.json({ detail: "An error occurred: no such process" }, { status: 400 })
      : Response.json(PARAMETERS);
  });
}

const clientOf = ({ url }: TestServer, clock = manualClock("2026-11-25T03:00:00Z")) =>
  new AuthenticatedClient({ baseUrl: url, token: "t0ken", clock });
const paths = ({ seen }: TestServer) => seen.map(({ path }) => path);
const request = JOB_REQUEST;
const wrong = { ...request, parameters: { boox: [12, 41, 13, 42], resolution: "10" } };

test("unitJobs.check() finds nothing wrong with a request that the service takes", async () => {
  await using server = service();
  const check = await clientOf(server).unitJobs.check(request);
  assertEquals([check.ok, check.issues, check.warnings, check.parameters?.length], [
    true,
    [],
    [],
    3,
  ]);
  assertEquals(String(check), "The service takes this request (3 parameters known)");
  const [asked] = server.seen;
  const { label, service: where } = request;
  assertEquals([asked?.path, JSON.parse(asked?.body ?? "")], ["/params", {
    label,
    service: where,
  }]);
});

test("unitJobs.check() tells every problem by its path, and shows itself as a table", async () => {
  await using server = service();
  const check = await clientOf(server).unitJobs.check({ ...wrong, title: "" });
  assertEquals(check.ok, false);
  assertEquals(check.issues.map(({ path, message }) => `${path}: ${message}`), [
    "title: expected a title, got an empty string",
    'parameters.boox: the service takes no such parameter; did you mean "bbox"?',
    'parameters.resolution: expected a whole number, got the string "10"',
    "parameters.bbox: expected a box { west, south, east, north }, which the service needs, got nothing",
  ]);
  const text = String(check);
  assertStringIncludes(text, "The request cannot be sent as it is · 4 problems");
  assertStringIncludes(text, "parameters.boox");
  assertStringIncludes(check[jupyterDisplay]()["text/html"], "<table");
});

test("unitJobs.check() asks nobody where the service is not named rightly", async () => {
  await using server = service();
  const unnamed = { ...request, service: { ...request.service, endpoint: "https://p.test/" } };
  const check = await clientOf(server).unitJobs.check(unnamed);
  assertEquals(check.issues.map(({ path }) => path), ["service.endpoint"]);
  assertEquals(paths(server), []);
});

test("unitJobs.check() asks once per service and ten minutes", async () => {
  const clock = manualClock("2026-11-25T03:00:00Z");
  await using server = service();
  const { unitJobs } = clientOf(server, clock);
  await Promise.all([unitJobs.check(request), unitJobs.check(wrong)]);
  await unitJobs.check({ ...request, title: "Another" });
  assertEquals(paths(server).length, 1);
  await unitJobs.check({ ...request, service: { ...request.service, namespace: "other" } });
  assertEquals(paths(server).length, 2);
  clock.advance(599_999);
  await unitJobs.check(request);
  assertEquals(paths(server).length, 2);
  clock.advance(1);
  await unitJobs.check(request);
  assertEquals(paths(server).length, 3);
});

test("unitJobs.check() warns where the service cannot be asked, and asks again the next time", async () => {
  let broken = true;
  await using server = service(() => broken);
  const { unitJobs } = clientOf(server);
  const check = await unitJobs.check(request);
  assertEquals([check.ok, check.issues, check.parameters], [true, [], undefined]);
  assertEquals(check.warnings.length, 1);
  assertStringIncludes(check.warnings[0] ?? "", "could not be asked for them");
  assertStringIncludes(String(check), "Nothing is wrong with the request as such");
  broken = false;
  assertEquals((await unitJobs.check(request)).parameters?.length, 3);
});

test("unitJobs.check() gives up with the signal's reason", async () => {
  await using server = service();
  const reason = new Error("enough");
  const { unitJobs } = clientOf(server);
  const error = await assertRejects(() =>
    unitJobs.check(request, { signal: AbortSignal.abort(reason) })
  );
  assert(error === reason);
});

test("unitJobs.create() with check refuses what the service does not take, and creates nothing", async () => {
  await using server = service();
  const { unitJobs } = clientOf(server);
  const error = await assertRejects(
    () => unitJobs.create(wrong, { check: true }),
    RequestInvalidError,
    'parameters.boox: the service takes no such parameter; did you mean "bbox"?',
  );
  assertEquals(error.issues.length, 3);
  assertEquals(paths(server), ["/params"]);
  await unitJobs.create(request, { check: true });
  assertEquals(paths(server), ["/params", "/unit_jobs"]);
  await unitJobs.create(wrong);
  assertEquals(paths(server), ["/params", "/unit_jobs", "/unit_jobs"]);
});

test("unitJobs.create() with check goes on where the service cannot be asked", async () => {
  await using server = service(() => true);
  await clientOf(server).unitJobs.create(request, { check: true });
  assertEquals(paths(server), ["/params", "/unit_jobs"]);
});

const PLAN = { amount: 12 };
const base = { question: "Submit 12 jobs?", headline: "Cannot upscale the area" };
const noOne = null;

test("confirmed() asks a function, and takes nothing but true for yes", async () => {
  const plans: unknown[] = [];
  const answers: readonly [Confirm<typeof PLAN>, boolean][] = [
    [(plan) => {
      plans.push(plan);
      return true;
    }, true],
    [() => Promise.resolve(true), true],
    [() => false, false],
    [() => Object("yes"), false],
  ];
  for (const [confirm, expected] of answers) {
    assertEquals(await confirmed(PLAN, { ...base, confirm, ask: noOne }), expected);
  }
  assertEquals(plans, [PLAN]);
});

test("confirmed() asks nobody when it is told so", async () => {
  assertEquals(await confirmed(PLAN, { ...base, confirm: false, ask: noOne }), true);
});

test("confirmed() asks whoever sits there, and takes nothing but yes for yes", async () => {
  const questions: string[] = [];
  const answer = (text: string, confirm?: true) =>
    confirmed(PLAN, {
      ...base,
      confirm,
      ask: (question) => {
        questions.push(question);
        return text;
      },
    });
  const answers = ["yes", " Y ", "no", "", "yesterday"];
  assertEquals(await answer("no", true), false);
  assertEquals(await answer("yes", true), true);
  questions.length = 0;
  assertEquals(await Promise.all(answers.map((text) => answer(text))), [
    true,
    true,
    false,
    false,
    false,
  ]);
  assertEquals(
    questions[0],
    "Submit 12 jobs? Type yes to submit, anything else to leave it:",
  );
});

test("confirmed() refuses where nobody can be asked, and says what to do", async () => {
  const error = await assertRejects(
    () => confirmed(PLAN, { ...base, confirm: undefined, ask: noOne }),
    DispatchError,
  );
  assertEquals(
    error.message,
    "Cannot upscale the area: nobody can be asked here, and nothing was submitted\n" +
      "  What to do: pass confirm: false if it may be submitted without asking",
  );
});

test("confirmed() takes the end of the input for no answer", async () => {
  for (const ask of [() => null, () => Promise.resolve(null)]) {
    const error = await assertRejects(
      () => confirmed(PLAN, { ...base, confirm: undefined, ask }),
      DispatchError,
      "Cannot upscale the area: the input ended without an answer, and nothing was submitted",
    );
    assertEquals(error.hint, "pass confirm: false if it may be submitted without asking");
  }
});

test("promptAtHand() is nobody where there is no terminal and no notebook", async () => {
  const script = `
    import { promptAtHand } from ${
    JSON.stringify(new URL("../../../src/api/check/check_request.ts", import.meta.url).href)
  };
    console.log(promptAtHand() === null);
  `;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--no-prompt",
      "--import-map",
      new URL("../../import_map.npm.json", import.meta.url).href,
      `data:text/javascript,${encodeURIComponent(script)}`,
    ],
    stdin: "null",
  }).output();
  assertEquals(new TextDecoder().decode(stdout), "true\n");
});

test("confirmed() gives up with the signal's reason while somebody thinks", async () => {
  const giving = new AbortController();
  const reason = new Error("enough");
  const thinking = confirmed(PLAN, {
    ...base,
    confirm: () => new Promise(() => {}),
    signal: giving.signal,
  });
  giving.abort(reason);
  assertEquals(await assertRejects(() => thinking), reason);
});
