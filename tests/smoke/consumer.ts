// A consumer in strict TypeScript: it has to compile.
import {
  AuthenticatedClient,
  type BaseJobRequest,
  DispatchError,
  type ProcessingJob,
  type PublicStatisticsResponse,
} from "@apex-dispatch/client";

const client = new AuthenticatedClient({
  baseUrl: "https://dispatch.example.test",
  token: () => Promise.resolve("an access token"),
});

export const request: BaseJobRequest = {
  title: "Vegetation index",
  label: "openeo",
  service: {
    endpoint: "https://openeo.example.test",
    application: "https://catalogue.example.test/vegetation_index.json",
  },
  parameters: { spatial_extent: { west: 3, south: 50, east: 4, north: 51 } },
  format: "gtiff",
};

export async function newest(): Promise<ProcessingJob | undefined> {
  try {
    const { id } = await client.unitJobs.create(request);
    return await client.unitJobs.get(id);
  } catch (error) {
    if (error instanceof DispatchError) return undefined;
    throw error;
  }
}

export const month = (): Promise<PublicStatisticsResponse> =>
  client.statistics({ from: "2026-11-01", to: new Date("2026-11-30T00:00:00Z") });
