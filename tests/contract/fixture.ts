import { isRecord } from "./document.ts";

/** A part of a document that can be changed. */
export type Node = Record<string, unknown>;

/** The contract as the service of version 0.7.2 gives it; a fresh copy at each call. */
export function contractDocument(): Node {
  return JSON.parse(TEXT);
}

/** The contract of the service's source after 0.7.2; a fresh copy at each call. */
export function nextDocument(): Node {
  return JSON.parse(NEXT);
}

const NEXT = Deno.readTextFileSync(new URL("../fixtures/openapi_next.json", import.meta.url));

const TEXT = Deno.readTextFileSync(
  new URL("../fixtures/openapi_0_7_2.json", import.meta.url),
);

/** A change of the contract, and the lines it has to give. */
export interface Case {
  /** What the change is. */
  readonly name: string;
  /** Makes the change. */
  readonly change: (document: Node) => void;
  /** The lines. */
  readonly expected: readonly string[];
}

/** A change at a place of a document; the parts of the path are set apart by dots. */
export function at(path: string, apply: (node: Node) => void): (document: Node) => void {
  return (document) => apply(path.split(".").reduce(child, document));
}

/** A part of a part. */
export function child(parent: Node, key: string): Node {
  const node: unknown = Reflect.get(parent, key);
  if (!isNode(node)) throw new Error(`Nothing at ${key}`);
  return node;
}

/** Whether a value has parts: an object, or an array by its indices. */
function isNode(value: unknown): value is Node {
  return isRecord(value) || Array.isArray(value);
}
