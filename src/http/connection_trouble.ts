/** Why a connection was not made, as far as the runtime tells. */
export interface ConnectionTrouble {
  /** Which kind of reason. */
  readonly kind:
    | "name-unknown"
    | "no-names"
    | "refused"
    | "unreachable"
    | "certificate"
    | "proxy"
    | "forbidden"
    | "other";
  /** The reason in words. */
  readonly words: string;
  /** What to do, where it is known. */
  readonly hint?: string;
}

const CERTIFICATE_HINT =
  "where an organisation signs with a certificate of its own, let the runtime know it: DENO_TLS_CA_STORE=system takes " +
  "the machine's store, DENO_CERT=file.pem a file (Node: NODE_EXTRA_CA_CERTS); if it has expired or is for another " +
  "name, tell whoever runs the service";

const KINDS: readonly (ConnectionTrouble & { readonly when: RegExp })[] = [
  {
    kind: "forbidden",
    when: /\bNotCapable\b|Requires net access/,
    words: "this program may not reach the network",
  },
  {
    kind: "proxy",
    when: /proxy authentication required|tunnel error|\bsocks\b|\bproxy\b/i,
    words: "the proxy lets nothing through",
    hint: "check HTTP_PROXY and HTTPS_PROXY, and the proxy's user and password in them",
  },
  {
    kind: "certificate",
    when:
      /certificate|CaUsedAsEndEntity|UnknownIssuer|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_HAS_EXPIRED|ALTNAME_INVALID/i,
    words: "the certificate is not trusted",
    hint: CERTIFICATE_HINT,
  },
  {
    kind: "no-names",
    when: /EAI_AGAIN|temporary failure in name resolution/i,
    words: "names cannot be looked up at the moment (DNS)",
    hint: "check the network of this machine",
  },
  {
    kind: "name-unknown",
    when: /ENOTFOUND|dns error|failed to lookup address/i,
    words: "the host's name is not known (DNS)",
    hint: "check the base URL, and whether this machine needs a VPN to know that name",
  },
  {
    kind: "refused",
    when: /ECONNREFUSED|connection refused/i,
    words: "the connection was refused",
    hint: "nothing listens there: check the base URL, or the proxy if one is set",
  },
  {
    kind: "unreachable",
    when: /tcp connect error|EHOSTUNREACH|ENETUNREACH|unreachable/i,
    words: "nobody answers at that address",
    hint: "check the base URL and the network, or the proxy if one is set",
  },
];

/**
 * Tells why a connection was not made, from what `fetch` or a WebSocket threw: in Deno's words, or Node's.
 *
 * @example
 * ```ts
 * import { connectionTrouble } from "./connection_trouble.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const cause = new Error("client error (Connect): dns error: Name or service not known");
 * const { kind, words } = connectionTrouble(new TypeError("fetch failed", { cause }));
 * assertEquals([kind, words], ["name-unknown", "the host's name is not known (DNS)"]);
 * ```
 */
export function connectionTrouble(error: unknown): ConnectionTrouble {
  const texts: string[] = [];
  for (let cause = error; cause instanceof Error && texts.length < 10; cause = cause.cause) {
    const code = "code" in cause ? String(cause.code) : "";
    // The address that was asked for is no reason, whatever its name says.
    texts.push(
      `${cause.name} ${code} ${cause.message.replace(/\([a-z]{2,5}:\/\/[^\s()]*\)/g, "")}`,
    );
  }
  const text = texts.join(" ");
  const found = KINDS.find(({ when }) => when.test(text));
  if (found === undefined) {
    const last = texts.at(-1)?.replace(/^\S+ \S* /, "") ?? "";
    return { kind: "other", words: last.replace(/^.*client error \(\w+\): /, "") };
  }
  const { kind, words, hint } = found;
  const detail = kind === "certificate"
    ? /peer certificate: (?:Other\()?(?:OtherError\()?(\w+)/.exec(text)?.[1]
    : undefined;
  return {
    kind,
    words: detail === undefined ? words : `${words} (${detail})`,
    ...(hint === undefined ? {} : { hint }),
  };
}
