/**
 * Everything that can be read from a value: strings, keys, own properties whether enumerable or not, the
 * prototype's getters, causes, the entries of maps, sets and headers, the text of bytes.
 */
export function reachable(value: unknown): string[] {
  const texts: string[] = [];
  const visited = new Set<unknown>();
  const visit = (at: unknown): void => {
    if (typeof at === "string") return void texts.push(at);
    if (typeof at === "symbol") return void texts.push(String(at));
    if ((typeof at !== "object" && typeof at !== "function") || at === null) return;
    if (visited.has(at)) return;
    visited.add(at);
    if (at instanceof Uint8Array) {
      texts.push(new TextDecoder().decode(at));
      return;
    }
    if (at instanceof Headers || at instanceof Map) { for (const pair of at) visit(pair); }
    if (at instanceof Set) { for (const item of at) visit(item); }
    for (let level = at; level !== null; level = Object.getPrototypeOf(level)) {
      if (isBuiltIn(level)) break;
      for (const key of Reflect.ownKeys(level)) {
        visit(key);
        visit(read(at, key));
      }
    }
  };
  visit(value);
  return texts;
}

function read(target: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(target, key);
  } catch {
    return undefined;
  }
}

const BUILT_IN: ReadonlySet<unknown> = new Set([
  Object.prototype,
  Function.prototype,
  Array.prototype,
  Error.prototype,
  Promise.prototype,
  Headers.prototype,
]);

function isBuiltIn(level: object): boolean {
  return BUILT_IN.has(level);
}
