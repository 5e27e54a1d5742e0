import { ModelInvalidError } from "../../../src/models/schema/issue.ts";
import type { Model } from "../../../src/models/schema/model.ts";

/** What a model finds wrong with a value, each problem as `path: message`; empty when it fits. */
export function problems(model: Model<unknown>, value: unknown): string[] {
  try {
    model.parse(value);
    return [];
  } catch (error) {
    if (!(error instanceof ModelInvalidError)) throw error;
    return error.issues.map(({ path, message }) => path === "" ? message : `${path}: ${message}`);
  }
}
