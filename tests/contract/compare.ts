import { nameOf } from "./document.ts";
import { type ObjectShape, type Shape, shapesOf } from "./shapes.ts";

/** A schema with the document that its references lead into. */
export interface SchemaIn {
  /** The schema. */
  readonly schema: unknown;
  /** The document. */
  readonly document: unknown;
}

/** A difference between two schemas, and where in them: `.dimension.values[]`, or empty for the whole. */
export interface SchemaDifference {
  /** Where. */
  readonly at: string;
  /** What differs. */
  readonly what: string;
}

/**
 * How our schema and the contract's differ. Where both refer to the schema of the same name, nothing
 * is said: each named schema is compared once, on its own.
 */
export function compareSchemas(ours: SchemaIn, theirs: SchemaIn): SchemaDifference[] {
  const above: (readonly [unknown, unknown])[] = [];
  return compare("", ours.schema, theirs.schema);

  function compare(at: string, our: unknown, their: unknown): SchemaDifference[] {
    const name = nameOf(our);
    if (name !== undefined && name === nameOf(their)) return [];
    if (above.some(([ourAbove, theirAbove]) => ourAbove === our && theirAbove === their)) return [];
    above.push([our, their]);
    const found = compareShapes(
      at,
      shapesOf(our, ours.document),
      shapesOf(their, theirs.document),
    );
    above.pop();
    return found;
  }

  function compareShapes(
    at: string,
    allOurs: readonly Shape[],
    allTheirs: readonly Shape[],
  ): SchemaDifference[] {
    const our = allOurs.filter(({ name }) => !isNamed(name, allTheirs));
    const their = allTheirs.filter(({ name }) => !isNamed(name, allOurs));
    for (const shape of [...our, ...their]) {
      if (shape.kind === "unreadable") {
        return [{ at, what: `cannot be compared, because of ${shape.what}` }];
      }
    }
    const found: SchemaDifference[] = [];
    const isNull = (shape: Shape) => shape.kind === "null";
    if (our.some(isNull) !== their.some(isNull)) {
      if (allOurs.every(isNull) || allTheirs.every(isNull)) {
        return [{ at, what: contrast(allOurs, allTheirs) }];
      }
      found.push({
        at,
        what: their.some(isNull)
          ? "can be null in the contract and not here"
          : "can be null here and not in the contract",
      });
    }
    const notNull = (shape: Shape) => shape.kind !== "null";
    return [...found, ...compareAlternatives(at, our.filter(notNull), their.filter(notNull))];
  }

  function compareAlternatives(
    at: string,
    our: readonly Shape[],
    their: readonly Shape[],
  ): SchemaDifference[] {
    const [ourOnly] = our, [theirOnly] = their;
    if (ourOnly !== undefined && theirOnly !== undefined && our.length + their.length === 2) {
      return compareOne(at, ourOnly, theirOnly);
    }
    const pairs: readonly ((a: Shape, b: Shape) => boolean)[] = [
      (a, b) => a.kind === b.kind && compareOne(at, a, b).length === 0,
      (a, b) => a.kind === b.kind,
    ];
    const ourLeft = [...our], theirLeft = [...their];
    const found: SchemaDifference[] = [];
    for (const pair of pairs) {
      for (const shape of [...theirLeft]) {
        const partner = ourLeft.find((other) => pair(other, shape));
        if (partner === undefined) continue;
        ourLeft.splice(ourLeft.indexOf(partner), 1);
        theirLeft.splice(theirLeft.indexOf(shape), 1);
        found.push(...compareOne(`${at}(${describe([shape])})`, partner, shape));
      }
    }
    if (theirLeft.length > 0) {
      found.push({ at, what: `can be ${describe(theirLeft)} in the contract and not here` });
    }
    if (ourLeft.length > 0) {
      found.push({ at, what: `can be ${describe(ourLeft)} here and not in the contract` });
    }
    return found;
  }

  function compareOne(at: string, our: Shape, their: Shape): SchemaDifference[] {
    if (our.kind === "words" && their.kind === "words") {
      const found = [
        ...their.words.filter((word) => !our.words.includes(word))
          .map((word) => ({ at, what: `value ${word} is in the contract and not here` })),
        ...our.words.filter((word) => !their.words.includes(word))
          .map((word) => ({ at, what: `value ${word} is here and not in the contract` })),
      ];
      if (their.open && !our.open) {
        found.push({ at, what: "can be any other string in the contract and not here" });
      }
      return found;
    }
    if (our.kind === "array" && their.kind === "array") {
      return compare(`${at}[]`, our.items, their.items);
    }
    if (our.kind === "tuple" && their.kind === "tuple") {
      return our.items.length === their.items.length
        ? their.items.flatMap((item, index) => compare(`${at}[${index}]`, our.items[index], item))
        : [{ at, what: contrast([our], [their]) }];
    }
    if (our.kind === "object" && their.kind === "object") return compareObjects(at, our, their);
    return our.kind === their.kind ? [] : [{ at, what: contrast([our], [their]) }];
  }

  function compareObjects(at: string, our: ObjectShape, their: ObjectShape): SchemaDifference[] {
    const found: SchemaDifference[] = [];
    for (const [field, schema] of their.fields) {
      if (!our.fields.has(field)) {
        const kind = describe(shapesOf(schema, theirs.document));
        found.push({ at, what: `field "${field}" (${kind}) is in the contract and not here` });
        continue;
      }
      if (our.required.has(field) !== their.required.has(field)) {
        const [there, here] = their.required.has(field)
          ? ["required", "optional"]
          : ["optional", "required"];
        found.push({ at, what: `field "${field}" is ${there} in the contract and ${here} here` });
      }
      found.push(...compare(`${at}.${field}`, our.fields.get(field), schema));
    }
    for (const [field, schema] of our.fields) {
      if (their.fields.has(field)) continue;
      const kind = describe(shapesOf(schema, ours.document));
      found.push({ at, what: `field "${field}" (${kind}) is here and not in the contract` });
    }
    if (our.rest === "schema" && their.rest === "schema") {
      found.push(...compare(`${at}.*`, our.restOf, their.restOf));
    } else if (our.rest !== their.rest) {
      found.push({ at, what: `${restOf(their)} in the contract and ${restOf(our)} here` });
    }
    return found;
  }
}

function isNamed(name: string | undefined, shapes: readonly Shape[]): boolean {
  return name !== undefined && shapes.some((shape) => shape.name === name);
}

function restOf({ rest }: ObjectShape): string {
  if (rest === "open") return "further fields are invited";
  if (rest === "closed") return "further fields are refused";
  return rest === "unsaid" ? "further fields are not spoken of" : "further fields have a type";
}

function contrast(our: readonly Shape[], their: readonly Shape[]): string {
  return `is ${describe(their)} in the contract and ${describe(our)} here`;
}

/** A list of alternatives in words: `string or null`, `array`, `one of "a", "b"`. */
export function describe(shapes: readonly Shape[]): string {
  return shapes.map(describeOne).join(" or ");
}

function describeOne(shape: Shape): string {
  if (shape.name !== undefined) return shape.name;
  if (shape.kind === "any") return "anything";
  if (shape.kind === "tuple") return `tuple of ${shape.items.length}`;
  if (shape.kind === "unreadable") return shape.what;
  if (shape.kind !== "words") return shape.kind;
  const [first] = shape.words;
  if (shape.words.length === 1 && first !== undefined && !shape.open) return first;
  const words = shape.words.slice(0, 5).join(", ");
  const more = shape.words.length > 5 ? ` and ${shape.words.length - 5} more` : "";
  return `one of ${words}${more}${shape.open ? " or another string" : ""}`;
}
