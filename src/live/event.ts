/** What is learned of some work, whatever the way it is learned by. */
export type WorkEvent<T> =
  /** How the work was at a time, and whether that differs from the last time. */
  | { readonly kind: "value"; readonly value: T; readonly changed: boolean; readonly at: number }
  /** That nothing is learned at the moment, and why, in words. */
  | { readonly kind: "interrupted"; readonly problem: string };
