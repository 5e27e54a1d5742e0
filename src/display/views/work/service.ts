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

/** What a service is: its name, and where it is described if it is on the web; the whole address in the tooltip. */
export function serviceLine(service: ServiceDetails): Piece[] {
  const { href, host, shown } = locate(service.application);
  if (href === undefined || host === undefined) return [{ text: shown, style: "code" }];
  const { text } = serviceName(service);
  return [{ text, href, whole: shown }, {
    text: `, described at ${host}`,
    style: "muted",
    whole: "",
  }];
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
