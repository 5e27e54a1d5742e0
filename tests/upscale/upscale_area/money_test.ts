// What real input did to version 0.1.0, before money was spent: each row a kind, the right value here.
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  AuthenticatedClient,
  bboxToPolygon,
  DispatchError,
  type Issue,
  RequestInvalidError,
  upscaleArea,
} from "../../../mod.ts";
import { startSandbox } from "../../../src/sandbox/mod.ts";
import { serve } from "../../support/server.ts";
import { test } from "../../support/test.ts";
import { anyOptions, AREA, cutsInto, JOB, square } from "../areas.ts";

/** Plans an area against a service, and says what was refused and what reached the service. */
async function refusal(changes: object): Promise<{ issues: string[]; sent: string[] }> {
  await using server = cutsInto(square(4, 51, 0.1));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const error = await assertRejects(
    () => upscaleArea(client, anyOptions(changes)),
    RequestInvalidError,
  );
  return {
    issues: error.issues.map(({ path, message }: Issue) => `${path}: ${message}`),
    sent: server.seen.map(({ path }) => path),
  };
}

test("upscaleArea() refuses a box that goes round the back of the world, and names both", async () => {
  const aoi = { west: 5.07, south: 51.215, east: 4.08, north: 51.22 };
  for (const given of [aoi, [5.07, 51.215, 4.08, 51.22], { bbox: [5.07, 51.215, 4.08, 51.22] }]) {
    assertEquals(await refusal({ aoi: given }), {
      issues: [
        "aoi: expected a box of one meaning: from west 5.07 eastwards to east 4.08 it is 359.01° wide, round the back of the world; for the 0.99° between them write west 4.08 and east 5.07, for the other one give it in two parts",
      ],
      sent: [],
    });
  }
});

test("upscaleArea() refuses an edge that can be read two ways, and names both", async () => {
  const ring = [[-179, 0], [179, 0], [179, 1], [-179, 1], [-179, 0]];
  const polygon = { type: "Polygon", coordinates: [ring] };
  const { issues, sent } = await refusal({ aoi: polygon });
  assertEquals(sent, []);
  assertEquals(
    issues[0],
    "aoi.coordinates[0][1]: expected an edge of one meaning: the one from [-179, 0] to [179, 0] is 358° long, or 2° over the antimeridian (±180°); for the long one put positions in between, at most 180° apart, for the short one go on beyond 180 (-181 for 179), or cut the area there in two",
  );
  const feature = { type: "Feature", geometry: { type: "MultiPolygon", coordinates: [[ring]] } };
  assertStringIncludes(
    (await refusal({ aoi: feature })).issues[0] ?? "",
    "aoi.geometry: expected an edge",
  );
});

test("upscaleArea() counts the squares of an area before anything is sent", async () => {
  const wide = await refusal({ aoi: [-179, 50, 179, 51] });
  assertEquals(wide.sent, []);
  assertEquals(wide.issues, [
    "aoi: expected at most 500 tiles, got an area of up to 17,937 of the 20x20km grid: take the 250x250km grid, or a smaller area; maxTiles: 17937 lets it through",
  ]);
  assertStringIncludes(
    (await refusal({ aoi: AREA, maxTiles: 5 })).issues[0] ?? "",
    "at most 5 tiles, got an area of up to 6",
  );
  await using sandbox = startSandbox();
  const client = new AuthenticatedClient({ baseUrl: sandbox.url, token: sandbox.token });
  const { expectedJobs } = await upscaleArea(client, anyOptions({ maxTiles: 6, dryRun: true }));
  assertEquals(expectedJobs, 6);
});

test("upscaleArea() names the likely order of four numbers", async () => {
  const { issues, sent } = await refusal({ aoi: [3.6, 3.8, 51, 51.1] });
  assertEquals(sent, []);
  assertEquals(issues.length, 1);
  assertStringIncludes(
    issues[0] ?? "",
    "the numbers are read as west, south, east, north; they look like xmin, xmax, ymin, ymax, of which [3.6, 51, 3.8, 51.1] would be 2 tiles",
  );
});

test("upscaleArea() refuses more jobs than were counted", async () => {
  const cut = Array.from({ length: 7 }, (_, index) => square(4 + index / 10, 51, 0.1));
  await using server = cutsInto(...cut);
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  await assertRejects(
    () => upscaleArea(client, anyOptions({ maxTiles: 6 })),
    RequestInvalidError,
    "aoi: expected at most 6 jobs, got 7: maxTiles: 7 lets them through",
  );
  assertEquals(server.seen.map(({ path }) => path), ["/params", "/tiles"]);
});

const FIELDS = {
  type: "FeatureCollection",
  features: Array.from({ length: 40 }, (_, index) => ({
    type: "Feature",
    geometry: square(
      4 + (index % 8) * 0.01 + (index < 20 ? 0 : 0.2),
      51 + Math.floor(index / 8) * 0.005,
      0.004,
    ),
    properties: {},
  })),
};

test("upscaleArea() says where many polygons lie in few squares, and offers a job a square", async () => {
  await using server = cutsInto(square(4, 51, 0.004));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const { plan } = await upscaleArea(client, anyOptions({ aoi: FIELDS, dryRun: true }));
  assertEquals(plan.tiles.length, 40);
  assertEquals(plan.warnings, [
    'The area is 40 polygons, each with a job of its own at the least, that lie in 2 squares of the grid; group: "square" makes one job a square of the polygons in it.',
  ]);
});

test("upscaleArea() makes one job a square of the polygons in it, and cuts nothing", async () => {
  for (const type of ["bounding-box", "polygon"]) {
    await using server = serve(({ path }) =>
      path === "/params"
        ? Response.json([{ name: "where", type, optional: false, description: "", default: null }])
        : Response.json({ id: 7, title: "Task", label: "openeo", status: "created" }, {
          status: 201,
        })
    );
    const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    const request = { ...JOB, parameters: {} };
    const changes = { aoi: FIELDS, group: "square", request };
    const { plan, expectedJobs } = await upscaleArea(client, anyOptions(changes));
    assertEquals([expectedJobs, plan.tiles.length], [2, 2]);
    assertEquals(server.seen.map(({ path }) => path), ["/params", "/upscale_tasks"]);
    const { dimension } = JSON.parse(server.seen[1]?.body ?? "");
    assertEquals(dimension.name, "where");
    const counts = dimension.values.map((
      value: { type: string; features?: unknown[] },
    ) => [value.type, value.features?.length]);
    assertEquals(
      counts,
      type === "polygon"
        ? [["FeatureCollection", 20], ["FeatureCollection", 20]]
        : [["Polygon", undefined], ["Polygon", undefined]],
    );
    const toValue = (_: unknown, polygons: readonly unknown[]) => polygons.length;
    const planned = upscaleArea(client, anyOptions({ ...changes, toValue, dryRun: true }));
    await assertRejects(() => planned, RequestInvalidError, "parameters.where: expected");
  }
});

test("upscaleArea() says in the plan where latitude seems to stand first", async () => {
  const warningsOf = async (aoi: unknown) => {
    await using server = cutsInto(square(4, 51, 0.1));
    const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    return (await upscaleArea(client, anyOptions({ aoi, dryRun: true }))).plan.warnings;
  };
  // Ghent and Oslo with latitude first lie in the Indian Ocean; what lies near a coast is believed.
  assertEquals(await warningsOf([51, 3.6, 51.2, 3.8]), [
    "The area lies in the open sea, at 51.1°E, 3.7°N. With latitude and longitude swapped it would lie on land, at 3.7°E, 51.1°N: look whether longitude stands first.",
  ]);
  assertEquals((await warningsOf([59.8, 10.6, 60, 10.8])).length, 1);
  assertEquals(await warningsOf([58.6, 18.9, 58.8, 19.1]), []);
  assertEquals(await warningsOf(AREA), []);
  assertEquals(await warningsOf([3, 55, 3.1, 55.1]), []);
});

type Taken = readonly [name: string, type: string, optional?: boolean];

/** A service that takes these parameters. */
function takes(...parameters: readonly Taken[]) {
  return serve(({ path }) =>
    path === "/params"
      ? Response.json(parameters.map(([name, type, optional = true]) => ({
        name,
        type,
        optional,
        description: "",
        default: null,
      })))
      : path === "/tiles"
      ? Response.json({ type: "GeometryCollection", geometries: [square(4, 51, 0.1)] }, {
        status: 201,
      })
      : Response.json({ id: 7, title: "Task", label: "openeo", status: "created" }, { status: 201 })
  );
}

test("upscaleArea() takes the service's one spatial parameter as the dimension", async () => {
  await using server = takes(["bounding_box", "bounding-box"], ["resolution", "integer"]);
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const { plan } = await upscaleArea(client, anyOptions());
  assertEquals(plan.request.dimension.name, "bounding_box");
});

test("upscaleArea() refuses where no parameter takes the place, or several do, and names them", async () => {
  const cases: readonly (readonly [readonly Taken[], object, string])[] = [
    [
      [["resolution", "integer"], ["place", "string"]],
      {},
      'dimension: no parameter of the service says by its type that it takes a place (it takes "resolution", "place"): name the one that does',
    ],
    [
      [["a", "bounding-box"], ["b", "polygon"], ["resolution", "integer"]],
      {},
      'dimension: several parameters of the service say where, "a", "b": name the one that takes the tiles',
    ],
    [
      [["bounding_box", "bounding-box"], ["resolution", "integer"]],
      { dimension: "boundingbox" },
      'dimension: the service takes no parameter "boundingbox"; did you mean "bounding_box"?',
    ],
    [
      [["bounding_box", "bounding-box"], ["resolution", "integer"], [
        "time",
        "date-interval",
        false,
      ]],
      { request: { ...JOB, parameters: { resoluton: 10 } } },
      'parameters.resoluton: the service takes no such parameter; did you mean "resolution"?',
    ],
    [
      [["bounding_box", "bounding-box"], ["resolution", "integer"]],
      { toValue: () => [4, 51, 5, 52] },
      "parameters.bounding_box: expected a box { west, south, east, north }, got an array",
    ],
  ];
  for (const [parameters, changes, message] of cases) {
    await using server = takes(...parameters);
    const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    await assertRejects(
      () => upscaleArea(client, anyOptions(changes)),
      RequestInvalidError,
      message,
    );
    assert(!server.seen.some(({ path }) => path === "/upscale_tasks"));
  }
});

test("upscaleArea() warns where the service cannot say what it takes, and does not guess", async () => {
  await using server = serve(({ path }) =>
    path === "/params"
      ? Response.json({ detail: "An error occurred" }, { status: 400 })
      : Response.json({ type: "GeometryCollection", geometries: [square(4, 51, 0.1)] }, {
        status: 201,
      })
  );
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const { plan } = await upscaleArea(client, anyOptions({ dimension: "aoi", dryRun: true }));
  assertEquals(plan.request.dimension.name, "aoi");
  assertStringIncludes(plan.warnings.join(), "The parameters were not checked");
  await assertRejects(
    () => upscaleArea(client, anyOptions({ dryRun: true })),
    RequestInvalidError,
    "dimension: expected the name of the parameter that takes the place, got nothing",
  );
});

test("upscaleArea() asks before it makes several jobs, and refuses where nobody can be asked", async () => {
  const submit = async (ask: ((question: string) => string | null) | null, tiles = 2) => {
    await using server = cutsInto(
      ...Array.from({ length: tiles }, (_, at) => square(4 + at, 51, 1)),
    );
    const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    const outcome = await upscaleArea(client, anyOptions({ confirm: undefined, ask }))
      .then(({ task }) => task?.id, (error: unknown) => error);
    return [outcome, server.seen.some(({ path }) => path === "/upscale_tasks")] as const;
  };
  const questions: string[] = [];
  const answering = (text: string | null) => (question: string) => {
    questions.push(question);
    return text;
  };
  assertEquals(await submit(answering("yes")), [7, true]);
  assertEquals(questions, [
    "Submit 2 jobs (Vegetation index) to openeo.example.test? Type yes to submit, anything else to leave it:",
  ]);
  assertEquals(await submit(answering("")), [undefined, false]);
  for (
    const [ask, words] of [[null, "nobody can be asked"], [
      answering(null),
      "the input ended",
    ]] as const
  ) {
    const [error, sent] = await submit(ask);
    assert(error instanceof DispatchError);
    for (const part of [words, "nothing was submitted", "confirm: false"]) {
      assertStringIncludes(String(error), part);
    }
    assertEquals(sent, false);
  }
  assertEquals(await submit(null, 1), [7, true]);
});

test("upscaleArea() knows an area by the name that others give it", async () => {
  const { issues } = await refusal({ aoi: undefined, bbox: [4, 51, 5, 52], confrim: false });
  assertEquals(issues.slice(1), [
    'bbox: no such option; did you mean "aoi"?',
    'confrim: no such option; did you mean "confirm"?',
  ]);
});

test("upscaleArea() reads an area in every spelling", async () => {
  for (
    const aoi of ["4,51,4.3,51.3", {
      bbox: [4, 51, 4.3, 51.3],
      crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    }, "POLYGON ((4 51, 4.3 51, 4.3 51.3, 4 51.3, 4 51))"]
  ) {
    await using server = cutsInto(square(4, 51, 0.1));
    const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
    await upscaleArea(client, anyOptions({ aoi, dryRun: true }));
    const sent = JSON.parse(server.seen[1]?.body ?? "");
    assertEquals(sent.aoi, bboxToPolygon(AREA));
  }
});

test("upscaleArea() lets other work have its turn while it looks at a long outline", async () => {
  const positions = Array.from({ length: 60_000 }, (_, index) => {
    const angle = (2 * Math.PI * index) / 60_000;
    return [4 + 0.3 * Math.cos(angle), 51 + 0.2 * Math.sin(angle)];
  });
  const aoi = { type: "Polygon", coordinates: [[...positions, positions[0]]] };
  await using server = cutsInto(square(4, 51, 0.1));
  const client = new AuthenticatedClient({ baseUrl: server.url, token: "t0ken" });
  const reason = new Error("enough");
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(reason));
  const error = await assertRejects(() =>
    upscaleArea(client, anyOptions({ aoi, signal: abort.signal }))
  );
  clearTimeout(timer);
  assert(error === reason);
  assertEquals(server.seen, []);
});
