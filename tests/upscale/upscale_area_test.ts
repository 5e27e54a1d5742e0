import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import {
  AuthenticatedClient,
  bboxToPolygon,
  ConnectionError,
  type Geometry,
  polygonToBbox,
  RequestInvalidError,
  ServerError,
  upscaleArea,
  type UpscaleAreaOptions,
  type UpscalingPlan,
  WatchError,
} from "../../mod.ts";
import { manualClock, type Sandbox, startSandbox } from "../../src/sandbox/mod.ts";
import { test } from "../support/test.ts";
import { AREA, cutsInto, JOB, square } from "./areas.ts";

function clientOf({ url, token = "t0ken" }: { readonly url: string; readonly token?: string }) {
  return new AuthenticatedClient({ baseUrl: url, token });
}

/** The operations that reached a sandbox, in order. */
function asked({ requests }: Sandbox) {
  return requests.map(({ operation }) => operation);
}

/** The options of a six-tile task, changed as a test wants them. */
function options(changes: Partial<UpscaleAreaOptions> = {}): UpscaleAreaOptions {
  return { aoi: AREA, grid: "20x20km", request: JOB, show: false, confirm: false, ...changes };
}

test("upscaleArea() cuts, creates one task, and a job for each tile", async () => {
  const clock = manualClock("2026-11-23T15:15:00Z");
  await using sandbox = startSandbox({ clock });
  const { plan, task, expectedJobs } = await upscaleArea(clientOf(sandbox), options());
  assertEquals(asked(sandbox), ["unitJobs.parameters", "tiles.split", "upscaleTasks.create"]);
  assertEquals(task, { id: 1, title: JOB.title, label: JOB.label, status: "created" });
  assertEquals([plan.tiles.length, expectedJobs, plan.parts, plan.touching], [6, 6, 1, 0]);
  assertEquals(plan.request, {
    ...JOB,
    dimension: { name: "spatial_extent", values: plan.tiles },
  });
  clock.advance(60_000);
  assertEquals(sandbox.platformJobs.length, 6);
  assertEquals(sandbox.platformJobs[5]?.title, "Vegetation index - Processing Job 6");
});

test("upscaleArea() plans alone with dryRun, and asks nobody", async () => {
  await using sandbox = startSandbox();
  const confirm = () => {
    throw new Error("asked");
  };
  const area = await upscaleArea(clientOf(sandbox), options({ dryRun: true, confirm }));
  assertEquals(asked(sandbox), ["unitJobs.parameters", "tiles.split"]);
  assertEquals(["task" in area, area.expectedJobs, area.plan.tiles.length], [false, 6, 6]);
  assertThrows(() => area.watch(), WatchError, "nothing was submitted");
});

test("upscaleArea() submits only when confirm says true", async () => {
  const answers: readonly (readonly [answer: unknown, submitted: boolean])[] = [
    [true, true],
    [Promise.resolve(true), true],
    [false, false],
    [Promise.resolve(false), false],
    [undefined, false],
    ["yes", false],
    [1, false],
  ];
  for (const [answer, submitted] of answers) {
    await using sandbox = startSandbox();
    let shown: UpscalingPlan | undefined;
    const confirm = (plan: UpscalingPlan) => {
      shown = plan;
      assertEquals(asked(sandbox), ["unitJobs.parameters", "tiles.split"]);
      return answer;
    };
    // A notebook does not check types, so anything may be answered.
    const area = await upscaleArea(clientOf(sandbox), Object.assign(options(), { confirm }));
    assertStrictEquals(shown, area.plan);
    assertEquals([area.task !== undefined, asked(sandbox).length], [submitted, submitted ? 3 : 2]);
  }
});

test("upscaleArea() submits nothing when confirm throws or rejects", async () => {
  const refusal = new Error("over budget");
  for (
    const confirm of [() => Promise.reject(refusal), () => {
      throw refusal;
    }]
  ) {
    await using sandbox = startSandbox();
    const error = await assertRejects(() => upscaleArea(clientOf(sandbox), options({ confirm })));
    assertStrictEquals(error, refusal);
    assertEquals(asked(sandbox), ["unitJobs.parameters", "tiles.split"]);
  }
});

test("upscaleArea() gives the dimension what toValue makes of each tile", async () => {
  const tile = square(4, 51, 1);
  const cases: readonly (readonly [UpscaleAreaOptions["toValue"], unknown])[] = [
    [undefined, tile],
    [polygonToBbox, [4, 51, 5, 52]],
    [(tile) => ({ corners: tile.coordinates[0]?.length }), { corners: 5 }],
    [(...given) => given.length, 1],
  ];
  for (const [toValue, value] of cases) {
    await using server = cutsInto(tile, tile);
    const changes = { dimension: "area", request: { ...JOB, parameters: { area: "any", a: 1 } } };
    await upscaleArea(clientOf(server), options({ ...changes, toValue }));
    assertEquals(server.seen.map(({ path }) => path), ["/params", "/tiles", "/upscale_tasks"]);
    const sent = JSON.parse(server.seen[2]?.body ?? "");
    assertEquals(sent, { ...changes.request, dimension: { name: "area", values: [value, value] } });
  }
});

test("upscaleArea() makes a job of each piece, and none where area and grid only touch", async () => {
  const holed: Geometry = {
    type: "Polygon",
    coordinates: [...square(4, 51, 1).coordinates, ...square(4.2, 51.2, 0.5).coordinates],
  };
  const pair: Geometry = {
    type: "MultiPolygon",
    coordinates: [square(6, 51, 1).coordinates, square(8, 51, 1).coordinates],
  };
  const line: Geometry = { type: "LineString", coordinates: [[4, 51], [5, 51]] };
  const point: Geometry = { type: "Point", coordinates: [4, 51] };
  const sliver: Geometry = {
    type: "Polygon",
    coordinates: [[[4, 51], [4, 52], [4 + 1e-15, 52], [4 + 1e-15, 51], [4, 51]]],
  };
  const collect = (...geometries: readonly Geometry[]): Geometry => ({
    type: "GeometryCollection",
    geometries,
  });
  await using server = cutsInto(
    holed,
    line,
    pair,
    { type: "MultiPoint", coordinates: [[4, 51]] },
    collect(point, collect(line)),
    collect(line, collect(square(9, 51, 1), point)),
    sliver,
  );
  const { plan, expectedJobs } = await upscaleArea(clientOf(server), options());
  assertEquals([expectedJobs, plan.touching], [4, 4]);
  assertEquals(plan.tiles, [holed, square(6, 51, 1), square(8, 51, 1), square(9, 51, 1)]);
  const text = String(plan);
  assert(text.includes("4 places left out where area and grid only touch"), text);
});

test("upscaleArea() takes every way to say an area, each polygon for itself", async () => {
  const polygon = square(4, 51, 0.2);
  const holed = {
    type: "Polygon",
    coordinates: [...polygon.coordinates, ...square(4.05, 51.05, 0.1).coordinates],
  } as const;
  const feature = { type: "Feature", geometry: holed, properties: { name: "polder" } } as const;
  const pair = {
    type: "MultiPolygon",
    coordinates: [polygon.coordinates, square(5, 51, 0.2).coordinates],
  } as const;
  const nested = {
    type: "FeatureCollection",
    features: [feature, {
      type: "Feature",
      geometry: { type: "GeometryCollection", geometries: [pair, polygon] },
      properties: null,
    }],
  } as const;
  const cases: readonly (readonly [UpscaleAreaOptions["aoi"], readonly unknown[]])[] = [
    [AREA, [bboxToPolygon(AREA)]],
    [[4, 51, 4.3, 51.3], [bboxToPolygon(AREA)]],
    [[4, 51, 0, 4.3, 51.3, 99], [bboxToPolygon(AREA)]],
    [holed, [holed]],
    [feature, [holed]],
    [pair, [polygon, square(5, 51, 0.2)]],
    [nested, [holed, polygon, square(5, 51, 0.2), polygon]],
  ];
  for (const [aoi, areas] of cases) {
    await using server = cutsInto(polygon);
    const { plan, task } = await upscaleArea(clientOf(server), options({ aoi }));
    const cut = server.seen.filter(({ path }) => path === "/tiles");
    assertEquals(
      cut.map(({ body }) => JSON.parse(body)),
      areas.map((aoi) => ({ aoi, grid: "20x20km" })),
    );
    assertEquals([plan.parts, plan.tiles.length, task?.id], [areas.length, areas.length, 7]);
    assertEquals(server.seen.length, areas.length + 2);
  }
});

test("upscaleArea() cuts an area at the antimeridian before it is sent", async () => {
  const beyond = bboxToPolygon([179.9, -0.1, 180.1, 0.1]);
  for (
    const aoi of [beyond, [179.9, -0.1, -179.9, 0.1], {
      west: 179.9,
      south: -0.1,
      east: -179.9,
      north: 0.1,
    }] as const
  ) {
    await using sandbox = startSandbox();
    const { plan } = await upscaleArea(clientOf(sandbox), options({ aoi }));
    assertEquals(asked(sandbox), [
      "unitJobs.parameters",
      "tiles.split",
      "tiles.split",
      "upscaleTasks.create",
    ]);
    assertEquals(sandbox.requests.map(({ status }) => status), [200, 201, 201, 201]);
    // Each half is cut from its own south-west corner: two tiles above each other on either side.
    assertEquals([plan.parts, plan.tiles.length], [2, 4]);
    assertEquals(plan.tiles.map((tile) => polygonToBbox(tile)[0] < 0), [false, false, true, true]);
    for (const [longitude] of plan.tiles.flatMap(({ coordinates }) => coordinates.flat())) {
      assert(Math.abs(longitude) <= 180 && Math.abs(longitude) >= 179.8999, `${longitude}`);
    }
    const text = String(plan);
    assert(text.includes("4 tiles of the 20x20km grid · the area in 2 parts"), text);
  }
});

test("upscaleArea() hands watch() the number of jobs, so that it waits for those still to be made", async () => {
  const clock = manualClock("2026-11-23T15:15:00Z");
  const pace = { child: 10_000, created: 1_000, queued: 1_000, running: 1_000 };
  await using sandbox = startSandbox({ clock, pace });
  const area = await upscaleArea(clientOf(sandbox), options());
  clock.advance(25_000);
  const seen = [];
  for await (const { value, done, expectedJobs } of area.watch({ interval: 1_000, socket: true })) {
    seen.push([value.status, value.jobs.length, expectedJobs, done]);
    clock.advance(60_000);
    // The stream pauses by the sandbox's clock, once it has sent what has just been read.
    if (!done) await until(() => clock.waiting > 0);
    clock.advance(1_000);
  }
  // The task's own status says finished from the first moment on.
  assertEquals(seen, [["finished", 2, 6, false], ["finished", 6, 6, true]]);
});

async function until(fulfilled: () => boolean): Promise<void> {
  while (!fulfilled()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test("upscaleArea() does not ask for the task again when the answer is lost", async () => {
  const faults = [
    [{ kind: "drop", carriedOut: true }, ConnectionError],
    [{ kind: "cut" }, ConnectionError],
    [{ status: 502, carriedOut: true }, ServerError],
  ] as const;
  for (const [fault, expected] of faults) {
    await using sandbox = startSandbox();
    sandbox.faults.set("upscaleTasks.create", fault);
    const error = await assertRejects(() => upscaleArea(clientOf(sandbox), options()), expected);
    assertEquals(error.outcome, "unknown");
    assert(error.message.includes("Cannot create the upscaling task"), error.message);
    assert(error.message.includes("client.jobsStatus.get()"), error.message);
    assertEquals(asked(sandbox), ["unitJobs.parameters", "tiles.split", "upscaleTasks.create"]);
  }
});

test("upscaleArea() cuts again when the cutting fails, because that costs nothing", async () => {
  await using sandbox = startSandbox();
  sandbox.faults.set("tiles.split", { status: 502, times: 1 });
  const client = clientOf(sandbox).with({ random: () => 0, retry: { limit: 1 } });
  await upscaleArea(client, options());
  assertEquals(asked(sandbox), [
    "unitJobs.parameters",
    "tiles.split",
    "tiles.split",
    "upscaleTasks.create",
  ]);
});

test("upscaleArea() hands back errors of its own request only where nothing was created", async () => {
  await using sandbox = startSandbox();
  const error = await assertRejects(
    () => upscaleArea(clientOf(sandbox), options({ toValue: () => NaN })),
    RequestInvalidError,
  );
  assertEquals(error.issues[0], {
    path: "dimension.values[0]",
    message: "expected a number that JSON can hold, got NaN",
  });
  assertEquals(asked(sandbox), ["unitJobs.parameters", "tiles.split"]);
});
