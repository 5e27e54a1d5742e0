import type { ProcessingJobSummary } from "../../models/jobs.ts";
import { type Block, code, type Line } from "../render/document.ts";

/** What to do next with a job; of a failed one there is more to say than fits a line. */
export function nextStep({ status, id }: ProcessingJobSummary): Line | undefined {
  switch (status) {
    case "finished":
      return [call("results", id), " tells its files"];
    case "failed":
      return undefined;
    case "canceled":
      return "create it again if it is still wanted: it was stopped at the platform";
    case "unknown":
      return [
        call("get", id),
        " later: the platform could not be asked, the job may well be running",
      ];
    default:
      return [call("get", id), " tells how far it is"];
  }
}

/** What more there is to say of a job in this state. */
export function remarksOn({ status, label }: ProcessingJobSummary): Block[] {
  if (status === "failed") {
    return [{
      kind: "note",
      tone: "error",
      lines: [
        "The platform says that this job failed. The service passes on no reason.",
        [
          "Check the parameters (",
          code("client.unitJobs.parameters({ label, service })"),
          " tells which the service takes), whether your account is linked to the platform, and the platform's own log of the job. Then create it again.",
        ],
      ],
    }];
  }
  if (status === "unknown" && label === "openeo") {
    return [{
      kind: "note",
      tone: "plain",
      lines: ["An openEO job that was canceled can stay unknown for good."],
    }];
  }
  return [];
}

function call(name: string, id: number): ReturnType<typeof code> {
  return code(`await client.unitJobs.${name}(${Number.isSafeInteger(id) ? id : "job"})`);
}
