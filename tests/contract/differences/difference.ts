/** One point in which the package and the contract are not the same. */
export interface Difference {
  /** Where: an operation (`POST /unit_jobs request`) or a schema, with the operations that use it. */
  readonly where: string;
  /** What: `field "priority" (integer) is in the contract and not here`. */
  readonly what: string;
}

/** A difference as a line. */
export function formatDifference({ where, what }: Difference): string {
  return `${where}: ${what}`;
}
