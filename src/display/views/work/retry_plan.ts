import { count } from "../../../core/units.ts";
import type { ServiceDetails } from "../../../models/service.ts";
import { type Displayable, displayable } from "../../render/displayable.ts";
import { type Block, type Line, muted, strong } from "../../render/document.ts";
import { platformLine, serviceLine } from "./service.ts";

/** What would be made again of a task, and as what. */
export interface PlannedRetry {
  /** The number of the task that it is made of. */
  readonly task: number;
  /** The jobs that failed. */
  readonly failed: readonly number[];
  /** The jobs that were canceled. */
  readonly canceled: readonly number[];
  /** For how many values no job was ever made, or its job was deleted. */
  readonly missing: number;
  /** How many jobs still run or wait; they are left alone. */
  readonly open: number;
  /** Whether a new task is made of them, or single jobs. */
  readonly as: "task" | "jobs";
  /** How many jobs there will be. */
  readonly amount: number;
  /** What the new work is called. */
  readonly title: string;
  /** The service that runs. */
  readonly service: ServiceDetails;
  /** The kind of the service. */
  readonly label: string;
  /** The format that results are wanted in. */
  readonly format: string;
}

/** A plan that shows itself. */
export interface RetryPlan extends PlannedRetry, Displayable {}

/** Makes a plan that shows itself. */
export function retryPlan(planned: PlannedRetry): RetryPlan {
  const shown = displayable(() => retryBlocks(planned));
  return { ...planned, ...shown, toString: () => shown.toString() };
}

/** The most numbers that are told. */
const MOST = 20;

function retryBlocks(planned: PlannedRetry): readonly Block[] {
  const { amount, task, failed, canceled, missing, open, title, service, label, format } = planned;
  const madeOf: Line[] = [
    ...(failed.length === 0 ? [] : [`${count(failed.length, "failed job")}: ${numbers(failed)}`]),
    ...(canceled.length === 0
      ? []
      : [`${count(canceled.length, "canceled job")}: ${numbers(canceled)}`]),
    ...(missing === 0
      ? []
      : [`${count(missing, "job")} that ${missing === 1 ? "was" : "were"} never made, or deleted`]),
    ...(open === 0 ? [] : [muted(`left alone: ${count(open, "job")} that may still end well`)]),
  ];
  if (amount === 0) {
    const words = `Nothing of task ${task} is to be made again`;
    const rest = open === 0 ? "" : `; ${count(open, "job")} may still end well`;
    return [{ kind: "line", line: words + rest }];
  }
  return [{
    kind: "fields",
    caption: [strong(`${count(amount, "job")} to run again`), "  ", title],
    fields: [
      { label: "Made of", lines: [`task ${task}`, ...madeOf] },
      {
        label: "As",
        lines: [planned.as === "task" ? "a new task" : "single jobs, one after the other"],
      },
      { label: "Service", lines: [serviceLine(service)] },
      { label: "Platform", lines: [platformLine(service, label)] },
      { label: "Format", lines: [format] },
    ],
  }];
}

function numbers(ids: readonly number[]): string {
  const rest = ids.length - MOST;
  return ids.slice(0, MOST).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
