import { clean } from "../../core/redact.ts";
import { formatDuration } from "../../core/units.ts";
import { type Displayable, displayable } from "../../display/render/displayable.ts";
import { type Block, type Line, muted, strong } from "../../display/render/document.ts";
import { STATUS_COLORS } from "../../map/status.ts";

/** A QR code in the forms that can be shown. */
export interface QrCode {
  /** A picture, as a `data:` URL. */
  readonly picture: string;
  /** The same in characters, two modules a character, dark on light whatever the colours of the terminal. */
  readonly characters: readonly string[];
  /** How many columns the characters take. */
  readonly columns: number;
}

/** The light margin that a reader needs, in modules (ISO/IEC 18004, section 9.1). */
const MARGIN = 4;

/** Makes a QR code of an address. */
export async function qrCode(address: string): Promise<QrCode> {
  const { default: encode } = await import("qr");
  const rows = encode(address, "raw", { ecc: "low", border: MARGIN });
  return { picture: pictureOf(rows), characters: charactersOf(rows), columns: rows.length };
}

function pictureOf(rows: readonly (readonly boolean[])[]): string {
  const size = rows.length;
  const path = rows.flatMap((row, y) =>
    runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)
  );
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<rect width="${size}" height="${size}" fill="#fff"/><path fill="#111" d="${
      path.join("")
    }"/></svg>`;
  return `data:image/svg+xml;base64,${btoa(svg)}`;
}

/** Where dark modules follow each other, and how many. */
function runsOf(row: readonly boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1]++;
    else runs.push([x, 1]);
  });
  return runs;
}

/** Black on white by name: a code in the terminal's own colours would be inverted where these are dark. */
const COLORS = "\x1b[30;107m";
const PLAIN = "\x1b[0m";

function charactersOf(rows: readonly (readonly boolean[])[]): string[] {
  const lines: string[] = [];
  for (let y = 0; y < rows.length; y += 2) {
    const upper = rows[y] ?? [];
    const lower = rows[y + 1] ?? [];
    const line = upper.map((dark, x) => HALVES[(dark ? 2 : 0) + (lower[x] ? 1 : 0)]).join("");
    lines.push(`${COLORS}${line}${PLAIN}`);
  }
  return lines;
}

/** No half, the lower, the upper, both. */
const HALVES = [" ", "▄", "▀", "█"] as const;

/** What a user is asked to do: open a page and enter a code, go there with a browser, or bring back an address. */
export type SignInPrompt =
  | {
    /** A code that is entered on a page, with any browser anywhere. */
    readonly kind: "device";
    /** The page. */
    readonly url: string;
    /** The same with the code in it. */
    readonly completeUrl: string | undefined;
    readonly code: string;
    /** Until when it can be entered. */
    readonly expires: Date;
  }
  | {
    /** A page that leads back to this program: `browser` by itself, `paste` by the address that it ends at. */
    readonly kind: "browser" | "paste";
    /** The page. */
    readonly url: string;
  };

/** What a prompt says beside what is to be done. */
export interface PromptNews {
  /** Where one signs in: `production`, or a host. */
  readonly where: string;
  /** What has happened meanwhile. */
  readonly remark?: string | undefined;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
  /** The picture of the code's page. */
  readonly qr?: QrCode | undefined;
}

/** The prompt as it stands in a notebook. */
export function promptView(prompt: SignInPrompt, news: PromptNews): Displayable {
  const title: Block = {
    kind: "line",
    line: [strong("Sign in to APEx"), muted(`  ${news.where}`)],
  };
  const state: Block = { kind: "line", line: muted(stateLine(prompt, news)) };
  if (prompt.kind !== "device") {
    const page = { text: "the sign-in page", href: prompt.url };
    const line: Line = prompt.kind === "browser"
      ? ["Open ", page, " in a browser on this machine"]
      : [
        "Open ",
        page,
        ", sign in, and paste here the address at which the browser ends, whatever page it shows",
      ];
    return displayable(() => [title, { kind: "line", line }, state]);
  }
  const link = {
    text: prompt.url.replace(/^https?:\/\//, ""),
    href: prompt.completeUrl ?? prompt.url,
  };
  const words: readonly Block[] = [
    title,
    { kind: "line", line: ["Open ", link, " and enter"] },
    { kind: "line", line: { text: prompt.code, style: "large" } },
    state,
  ];
  return displayable(() =>
    news.qr === undefined ? words : [{
      kind: "picture",
      alt: "QR code of the sign-in page",
      src: news.qr.picture,
      width: 132,
      beside: words,
    }]
  );
}

/** What a terminal is told once, before its last line begins to count down; what is to be copied is not broken. */
export function promptLines(
  prompt: SignInPrompt,
  { where, qr }: PromptNews,
  columns: number,
): readonly string[] {
  const title = `Sign in to APEx (${clean(where)})`;
  const indented = (text: string) => `  ${clean(text)}`;
  switch (prompt.kind) {
    case "device": {
      const drawn = qr !== undefined && columns > qr.columns ? ["", ...qr.characters] : [];
      return [
        title,
        ...drawn,
        "Open",
        indented(prompt.completeUrl ?? prompt.url),
        "and enter, or compare, the code",
        indented(prompt.code),
      ];
    }
    case "browser":
      return [title, "Open in a browser on this machine", `  ${prompt.url}`];
    case "paste":
      return [title, "Open in a browser, and sign in", `  ${prompt.url}`];
  }
}

/** What goes on, in one line. */
export function stateLine(prompt: SignInPrompt, { remark, now }: PromptNews): string {
  const left = prompt.kind === "device" ? prompt.expires.getTime() - now : undefined;
  return [
    ...(remark === undefined ? [] : [remark]),
    "waiting",
    ...(left === undefined ? [] : [`the code expires in ${formatDuration(Math.max(left, 0))}`]),
    "Stop ends it",
  ].join(" · ");
}

/** What stands in place of a prompt afterwards: no code, no link, no picture. */
export function outcomeView(outcome: Outcome): Displayable {
  const line: Line = outcome.ok
    ? [{ text: "✓ signed in", badge: STATUS_COLORS.green }, " ", strong(outcome.text)]
    : [{ text: "✗ not signed in", badge: STATUS_COLORS.red }, ` ${outcome.text}`];
  return displayable(() => [{ kind: "line", line }]);
}

/** How a prompt ended. */
export interface Outcome {
  /** Whether somebody is signed in now. */
  readonly ok: boolean;
  /** Who, or why not. */
  readonly text: string;
}
