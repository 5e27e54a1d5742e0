/** A regular expression as it stands in a source file. */
export interface Literal {
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** Words after which a slash begins a regular expression. */
const BEFORE =
  /^(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield|instanceof)$/;

/** The regular expressions in TypeScript: strings, templates and comments are passed over. */
export function literalsIn(code: string): Literal[] {
  const found: Literal[] = [];
  // What ends the code that is read: the end of the file, or the brace of a template's `${`.
  const templates: number[] = [];
  let braces = 0;
  let last = "";
  let at = 0;
  const skipTo = (end: string) => {
    while (at < code.length && code[at] !== end) at += code[at] === "\\" ? 2 : 1;
    at++;
  };
  const skipTemplate = () => {
    while (at < code.length && code[at] !== "`" && !code.startsWith("${", at)) {
      at += code[at] === "\\" ? 2 : 1;
    }
    if (code[at] === "`") return void at++;
    at += 2;
    templates.push(braces++);
    last = "{";
  };
  while (at < code.length) {
    const character = code[at] ?? "";
    const word = /^[\w$]+/.exec(code.slice(at, at + 64))?.[0];
    if (/\s/.test(character)) at++;
    else if (code.startsWith("//", at)) at = (code.indexOf("\n", at) + 1) || code.length;
    else if (code.startsWith("/*", at)) at = code.indexOf("*/", at + 2) + 2;
    else if (character === '"' || character === "'") {
      at++;
      skipTo(character);
      last = '"';
    } else if (character === "`") {
      at++;
      last = '"';
      skipTemplate();
    } else if (character === "}" && templates.at(-1) === braces - 1) {
      templates.pop();
      braces--;
      at++;
      last = '"';
      skipTemplate();
    } else if (character === "/" && isExpression(last)) {
      const literal = literalAt(code, at);
      found.push({ ...literal, line: code.slice(0, at).split("\n").length });
      at += literal.source.length + literal.flags.length + 2;
      last = '"';
    } else if (word !== undefined) {
      at += word.length;
      last = word;
    } else {
      if (character === "{") braces++;
      if (character === "}") braces--;
      at++;
      last = character;
    }
  }
  return found;
}

function isExpression(last: string): boolean {
  return BEFORE.test(last) || !/^[\w$"')\]}]/.test(last);
}

function literalAt(code: string, start: number): Pick<Literal, "source" | "flags"> {
  let inClass = false;
  let at = start + 1;
  for (; at < code.length && (inClass || code[at] !== "/"); at++) {
    if (code[at] === "\\") at++;
    else if (code[at] === "[") inClass = true;
    else if (code[at] === "]") inClass = false;
  }
  const flags = /^[a-z]*/.exec(code.slice(at + 1, at + 12))?.[0] ?? "";
  return { source: code.slice(start + 1, at), flags };
}
