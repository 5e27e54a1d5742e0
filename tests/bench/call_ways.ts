// The same call in eight ways, each as its documentation has it: a job is created, its request checked by zod before it
// is sent, its answer read by zod. But for the plainest, which only parses.
import * as z from "zod/mini";
import axios from "axios";
import ky from "ky";
import { ofetch } from "ofetch";
import createClient from "openapi-fetch";
import { AuthenticatedClient } from "../../mod.ts";
import { JOB_REQUEST } from "../support/requests.ts";
import type { Comparison, Way } from "./cases.ts";

const TOKEN = "t0ken-of-a-user";
const PATH = "/unit_jobs";
const HEADERS = { "Content-Type": "application/json", "Authorization": `Bearer ${TOKEN}` };

/** What zod's users would write: strict about what is sent, tolerant of what comes. */
const REQUEST = z.strictObject({
  title: z.string().check(z.maxLength(255)),
  label: z.enum(["openeo", "ogc_api_process"]),
  service: z.strictObject({
    endpoint: z.url(),
    application: z.string(),
    namespace: z.optional(z.nullable(z.string())),
  }),
  parameters: z.record(z.string(), z.json()),
  format: z.string(),
});
/** A job in an answer, as they would write it. */
export const ANSWER = z.looseObject({
  id: z.int(),
  title: z.string(),
  label: z.string(),
  status: z.string(),
  service: z.looseObject({
    endpoint: z.string(),
    application: z.string(),
    namespace: z.optional(z.nullable(z.string())),
  }),
  parameters: z.record(z.string(), z.unknown()),
});

/** The part of an OpenAPI document that `openapi-fetch` wants as types. */
interface Paths {
  "/unit_jobs": {
    post: {
      requestBody: { content: { "application/json": z.infer<typeof REQUEST> } };
      responses: { 201: { content: { "application/json": unknown } } };
    };
  };
}

/** A body that no runtime can send twice. */
function oneShot(text: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

/** What a careful author would write without any package. */
async function byHand(url: string): Promise<unknown> {
  const body = JSON.stringify(z.parse(REQUEST, JOB_REQUEST));
  const response = await fetch(url, {
    method: "POST",
    headers: {
      ...HEADERS,
      "Accept": "application/json",
      "X-Correlation-ID": crypto.randomUUID(),
    },
    body: oneShot(body),
    redirect: "manual",
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`Cannot create the job: ${response.status}`);
  return z.parse(ANSWER, JSON.parse(await response.text()));
}

/** The ways of creating a job at a service. */
export function callComparison(baseUrl: string): Comparison {
  const url = `${baseUrl}${PATH}`;
  const client = new AuthenticatedClient({ baseUrl, token: TOKEN });
  const axiosClient = axios.create({ baseURL: baseUrl, headers: HEADERS, timeout: 60_000 });
  const kyClient = ky.create({ headers: HEADERS, timeout: 60_000, retry: 0 });
  const openapi = createClient<Paths>({ baseUrl, headers: HEADERS });
  const checked = () => z.parse(REQUEST, JOB_REQUEST);
  const others: readonly (Way & { readonly aim?: number })[] = [
    {
      name: "fetch + JSON.parse, nothing checked",
      run: async () => {
        const body = JSON.stringify(JOB_REQUEST);
        const response = await fetch(url, { method: "POST", headers: HEADERS, body });
        return JSON.parse(await response.text());
      },
    },
    { name: "the careful way by hand", aim: 1.1, run: () => byHand(url) },
    {
      name: "ky + zod",
      aim: 1,
      run: async () => z.parse(ANSWER, await kyClient.post(url, { json: checked() }).json()),
    },
    {
      name: "ofetch + zod",
      aim: 1,
      run: async () =>
        z.parse(
          ANSWER,
          await ofetch(url, {
            method: "POST",
            headers: HEADERS,
            body: checked(),
            timeout: 60_000,
            retry: 0,
          }),
        ),
    },
    {
      name: "axios + zod",
      aim: 1,
      run: async () => z.parse(ANSWER, (await axiosClient.post(PATH, checked())).data),
    },
    {
      name: "openapi-fetch + zod",
      run: async () => z.parse(ANSWER, (await openapi.POST(PATH, { body: checked() })).data),
    },
  ];
  return {
    name: "create one job",
    ours: { name: "unitJobs.create", run: () => client.unitJobs.create(JOB_REQUEST) },
    others: others.map(({ name, run, aim }) => ({
      name,
      run,
      ...(aim === undefined ? {} : { aim: { ratio: aim } }),
    })),
    rounds: 1500,
  };
}
