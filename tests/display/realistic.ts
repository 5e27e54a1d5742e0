import type { ProcessingJob, ProcessingJobSummary } from "../../src/models/jobs.ts";

const CDSE = "https://openeo.dataspace.copernicus.eu";
const TERRASCOPE = "https://openeo.vito.be";
const CATALOGUE =
  "https://raw.githubusercontent.com/ESA-APEx/apex_algorithms/refs/heads/main/algorithm_catalog";

/** A number from 0 to 1 that depends on its seed alone. */
function chance(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
}

const REGIONS = [
  "Parcels of the IJzer valley",
  "Flanders, Leemstreek and Pajottenland, croplands only",
  "Alentejo – montado and irrigated perimeters of Alqueva",
  "Po plain, rice districts of Vercelli and Pavia (second run with the cloud mask of the winter)",
  "Käärsmaa",
] as const;

interface Kind {
  readonly application: string;
  readonly endpoint: string;
  readonly title: (region: string, month: string) => string;
  readonly parameters: (box: object, period: readonly string[], seed: number) => object;
}

const KINDS: readonly Kind[] = [
  {
    application: `${CATALOGUE}/vito/max_ndvi_composite/openeo_udp/max_ndvi_composite.json`,
    endpoint: CDSE,
    title: (region, month) => `Maximum NDVI composite, ${region}, ${month}`,
    parameters: (box, period) => ({
      spatial_extent: box,
      temporal_extent: period,
      bands: ["B04", "B08"],
      max_cloud_cover: 75,
    }),
  },
  {
    application: `${CATALOGUE}/vito/worldcereal_crop_type/openeo_udp/worldcereal_crop_type.json`,
    endpoint: CDSE,
    title: (region, month) => `WorldCereal crop type ${month} ${region}`,
    parameters: (box, period, seed) => ({
      spatial_extent: box,
      temporal_extent: period,
      model_url:
        `https://artifactory.vgt.vito.be/artifactory/auxdata-public/worldcereal/models/PhaseII/presto-ss-wc-ft-ct_CROPTYPE${seed}.onnx`,
      orbit_state: chance(seed) < 0.5 ? "ASCENDING" : "DESCENDING",
      postprocess_method: "majority_vote",
    }),
  },
  {
    application: `${CATALOGUE}/vito/bap_composite/openeo_udp/bap_composite.json`,
    endpoint: TERRASCOPE,
    title: (region, month) => `Best available pixel ${month} (${region})`,
    parameters: (box, period) => ({ bounding_box: box, date_range: period, resolution: 20 }),
  },
];

const rounded = (degrees: number) => Math.round(degrees * 1e4) / 1e4;

/** A job as people have them on the Copernicus Data Space: a long title, a box, a month. */
export function realisticJob(id: number, status: string, kind: number = 0): ProcessingJobSummary {
  const { application, endpoint, title, parameters } = KINDS[kind % KINDS.length] ?? Object(null);
  const west = rounded(2.5 + (id * 7 % 60) / 10);
  const south = rounded(50.7 + (id * 3 % 20) / 10);
  const month = id % 12;
  const day = (at: number) => new Date(Date.UTC(2025, at, 1)).toISOString().slice(0, 10);
  const box = { west, south, east: rounded(west + 0.2), north: rounded(south + 0.1) };
  const region = REGIONS[Math.floor(chance(id + 5) * REGIONS.length)] ?? "";
  return {
    id,
    title: title(region, day(month).slice(0, 7)),
    label: "openeo",
    status,
    service: { endpoint, application, namespace: null },
    parameters: { ...parameters(box, [day(month), day(month + 1)], id) },
  };
}

/** Jobs of one service: only place, time and title differ. */
export function oneService(amount: number): ProcessingJobSummary[] {
  return Array.from({ length: amount }, (_, index) => {
    const status = index % 9 === 4 ? "failed" : index % 7 === 0 ? "running" : "finished";
    return realisticJob(4710 + index, status);
  });
}

/** A thousand jobs of several services: 62 failed long ago, 143 running, a few queued, canceled and unknown. */
export function thousandJobs(): ProcessingJobSummary[] {
  return Array.from({ length: 1_000 }, (_, index) => {
    const status = index < 62
      ? "failed"
      : index >= 850 && index < 993
      ? "running"
      : index >= 993
      ? "queued"
      : index % 97 === 0
      ? "canceled"
      : index % 211 === 0
      ? "unknown"
      : "finished";
    return realisticJob(3_001 + index, status, Math.floor(chance(index) * 3));
  });
}

/** A job with its dates. */
export function withDates(job: ProcessingJobSummary): ProcessingJob {
  const created = new Date(Date.UTC(2026, 10, 20 + job.id % 5, job.id % 24, job.id * 7 % 60, 12));
  return { ...job, created, updated: new Date(created.getTime() + 754_000) };
}
