/** The colours of a picture in one theme. */
interface Theme {
  readonly ground: string;
  readonly text: string;
  readonly sea: string;
  readonly paper: string;
  readonly land: string;
  readonly coast: string;
  readonly line: string;
  readonly edge: string;
  readonly gap: string;
  readonly plain: string;
}

const LIGHT: Theme = {
  ground: "#ffffff",
  text: "#24292f",
  sea: "#e4eef6",
  paper: "#f5f6f4",
  land: "#faf8f2",
  coast: "#8fa3b3",
  line: "#c4d0da",
  edge: "#8c96a0",
  gap: "#ffffff",
  plain: "#6d4bb5",
};

/**
 * On a dark desktop. A picture learns what the desktop prefers, not the colour of the page that it stands on: a saved
 * page can be white there. So this is a paper, too, only dimmed; it is readable on a page of either colour, and glares on
 * neither.
 */
const DIMMED: Theme = {
  ground: "#d3d8dd",
  text: "#14181d",
  sea: "#b9cad8",
  paper: "#c9ced3",
  land: "#dcdad2",
  coast: "#5f7282",
  line: "#a7b3bd",
  edge: "#69737c",
  gap: "#e9edf0",
  plain: "#5a389f",
};

/**
 * The style sheet within a map's picture. It cannot reach the page around the picture; the page's
 * preference for light or dark reaches it.
 */
export const MAP_STYLE: string = [
  "text{font:11px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}",
  ".b{font-weight:600}",
  ".n{font-weight:600}",
  ".edges{fill:none;stroke:#fff;stroke-width:14;stroke-dasharray:40 30}",
  ".m{opacity:.75}",
  ".r{text-anchor:end}",
  ".c{text-anchor:middle}",
  ".mark{fill:none;stroke:#fff;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}",
  ".pat{fill:none;stroke:#fff;stroke-width:1;stroke-opacity:.7}",
  ".full{fill:#fff;stroke:none}",
  ".tiles{fill-rule:evenodd;stroke-width:7}",
  ".outlined{fill-rule:evenodd;stroke-width:11}",
  ".cells{shape-rendering:crispEdges}",
  ".lines{fill:none;stroke-width:26;stroke-linecap:round;stroke-linejoin:round}",
  ".here{fill:#d1352b;fill-opacity:.15;stroke:#d1352b;stroke-width:1.6}",
  ".there{fill:#d1352b;fill-opacity:.2;stroke:#d1352b;stroke-width:16}",
  ".dot{fill:#d1352b}",
  ".land{fill-rule:evenodd}",
  rules(LIGHT),
  `@media(prefers-color-scheme:dark){${rules(DIMMED)}}`,
].join("");

function rules({ ground, text, sea, paper, land, coast, line, edge, gap, plain }: Theme): string {
  return [
    `svg{color:${plain}}`,
    `text{fill:${text}}.n{fill:#fff}`,
    `.ground{fill:${ground}}`,
    `.halo{stroke:${ground};stroke-width:3px;stroke-linejoin:round;paint-order:stroke}`,
    `.ink{fill:none;stroke:${text};stroke-width:1.4px}`,
    `.sea{fill:${sea}}`,
    `.paper{fill:${paper}}`,
    `.land,.globe{fill:${land}}`,
    `.globe{stroke:${coast};stroke-width:4}`,
    `.land{stroke:${coast};stroke-width:7}`,
    `.coast{fill:none;stroke:${text};stroke-width:6;stroke-opacity:.4}`,
    `.line{fill:none;stroke:${line};stroke-width:7}`,
    `.edge{fill:none;stroke:${edge}}`,
    `.tiles{stroke:${gap}}`,
  ].join("");
}
