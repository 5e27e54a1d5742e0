import { escapeHtml } from "../../core/text.ts";
import { type Answer, rawAnswer } from "../server/answer.ts";

/** A page with one button, which approves. */
export function approvalPage(
  { user, clientId, code, fields }: {
    readonly user: string;
    readonly clientId: string;
    /** The code to compare with what the device shows; none in a browser of one's own. */
    readonly code?: string;
    /** What the button sends. */
    readonly fields: Readonly<Record<string, string>>;
  },
): Answer {
  const inputs = Object.entries(fields).map(([name, value]) =>
    `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`
  );
  return page(
    200,
    `<h1>Sign in to the sandbox</h1>
<p><b>${escapeHtml(clientId)}</b> asks for access as <b>${escapeHtml(user)}</b>.</p>
${code === undefined ? "" : `<p>Compare the code: <b>${escapeHtml(code)}</b></p>`}
<form method="post">${inputs.join("")}<button type="submit">Approve</button></form>`,
  );
}

/** A page that says one thing. */
export function messagePage(status: number, title: string, text: string): Answer {
  return page(status, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>`);
}

/** The page that asks for the code of a device. */
export function codePage(): Answer {
  return page(
    200,
    `<h1>Sign in to the sandbox</h1>
<form method="get"><label>The code that your device shows
<input name="user_code" autocomplete="off" required></label> <button type="submit">Go on</button></form>`,
  );
}

function page(status: number, body: string): Answer {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sandbox sign-in</title>
<meta name="viewport" content="width=device-width"></head>
<body style="font:16px sans-serif;max-width:32em;margin:4em auto;padding:0 1em">
${body}
</body></html>
`;
  return {
    ...rawAnswer(status, html, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    }),
    bare: true,
  };
}
