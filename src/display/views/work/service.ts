import type { ServiceDetails } from "../../../models/service.ts";
import type { Piece } from "../../render/document.ts";
import { locate } from "../../render/link.ts";

/** What a service is called in a table: the last part of its path or URL; all of it in the tooltip. */
export function serviceName({ endpoint, namespace, application }: ServiceDetails): Piece {
  const shown = locate(application).shown;
  const name = shown.replace(/(?<!\/)\/+$/, "").split("/").at(-1)?.replace(/\.json$/i, "") ?? "";
  const parts = [shown, namespace ?? "", locate(endpoint).shown];
  return {
    text: name === "" ? shown : name,
    whole: parts.filter((part) => part !== "").join(" · "),
  };
}

/** What a service is, with a link to its description where it has one. */
export function serviceLine({ application }: ServiceDetails): Piece {
  const { href, shown } = locate(application);
  return href === undefined ? { text: shown, style: "code" } : { text: shown, href };
}

/** Where a service runs, and by which protocol. */
export function platformLine({ endpoint, namespace }: ServiceDetails, label: string): Piece[] {
  return [
    { text: locate(endpoint).shown, style: "code" },
    ...(namespace
      ? [
        { text: " namespace ", style: "muted" } as const,
        { text: namespace, style: "code" } as const,
      ]
      : []),
    { text: ` · ${label}`, style: "muted" },
  ];
}
