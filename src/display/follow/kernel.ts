/** What a Deno kernel offers to whoever wants to show something before a cell has ended. */
export interface Kernel {
  /** Sends a message of Jupyter's to every frontend. */
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
}

/** The kernel that runs this code, if one does: outside of one the mere mention throws. */
export function kernelAtHand(): Kernel | undefined {
  try {
    const kernel: unknown = Reflect.get(Deno, "jupyter");
    return isKernel(kernel) ? kernel : undefined;
  } catch {
    return undefined;
  }
}

function isKernel(value: unknown): value is Kernel {
  return typeof value === "object" && value !== null && "broadcast" in value &&
    typeof value.broadcast === "function";
}
