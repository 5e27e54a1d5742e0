import { createHash } from "node:crypto";
import { isObject } from "../core/objects.ts";

/** A value as text that is the same however it was written: the order of names means nothing, what is not there neither. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(
        Object.entries(inner).filter(([, each]) => each !== undefined)
          .sort(([one], [other]) => one < other ? -1 : 1),
      )
      : inner) ?? "null";
}

/** What identifies a request: the same for requests that ask for the same. */
export function fingerprintOf(request: object): string {
  const { service, ...rest }: { service?: unknown } = { ...request };
  const plain = { ...rest, service: plainService(service) };
  return createHash("sha256").update(canonical(plain)).digest("hex").slice(0, 32);
}

/** A service without a namespace that says nothing. */
export function plainService(service: unknown): unknown {
  if (!isObject(service)) return service;
  const { namespace, ...rest } = service;
  return namespace === null || namespace === undefined ? rest : { ...rest, namespace };
}
