import { assert, assertEquals, assertMatch } from "@std/assert";

const OWN =
  /\*\*[^*]+\*\*|`[\w .,:;()[\]{}\/"'=+\-?%#…·→]+`|<br>|<span>&#(?:36|92);<\/span>|<\/?code>|\[[^[\]]*\]\(https?:\/\/(?:[\w\-./:?=%#,;@+]|&#\d+;)*\)|&#\d+;|^> |^- /gm;

/** Fails unless Markdown holds only the few constructs that the views are made of. */
export function checkMarkdown(markdown: string): void {
  for (const block of markdown.split("\n\n")) {
    const lines = block.split("\n");
    const rows = lines.filter((line) => line.startsWith("|"));
    const columns = rows.map((row) => row.split("|").length);
    assertEquals(columns, columns.map(() => columns[0]), "A row has too many cells");
    if (rows.length > 0) {
      assertEquals(rows, lines);
      assertMatch(rows[1] ?? "", /^\|(?: ---:? \|)+$/);
    }
    for (const line of lines) {
      const rest = line.replace(/^\| | \|$/g, "").replaceAll(" | ", " ").replace(
        OWN,
        // What stood on both sides of a reference is not one word.
        (own) => own.startsWith("&#") ? " " : "",
      );
      assert(!/[<>`*[\]|~$\\&]/.test(rest), `Not escaped: ${rest.slice(0, 200)}`);
      assert(!/https?:|www\./i.test(rest), `A bare address: ${rest.slice(0, 200)}`);
      assert(!/^(?:[-+](?! \*\*)|#|={3}|\d+[.)])/.test(line), `A block: ${line}`);
    }
  }
}
