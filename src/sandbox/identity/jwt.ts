/** What signs tokens, and the public half that tells whether a signature is genuine. */
export interface Signer {
  /** The public key as a JSON Web Key Set. */
  keys(): Promise<object>;
  /** Claims as a signed token (RFC 7519, RS256). */
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** A signer with a key of its own, which is made when it is needed first. */
export function signer(): Signer {
  let pair: Promise<CryptoKeyPair> | undefined;
  const keyId = crypto.randomUUID();
  const make = () =>
    pair ??= crypto.subtle.generateKey(
      { ...ALGORITHM, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ["sign", "verify"],
    );
  return {
    async keys() {
      const { n, e } = await crypto.subtle.exportKey("jwk", (await make()).publicKey);
      return { keys: [{ kid: keyId, kty: "RSA", alg: "RS256", use: "sig", n, e }] };
    },
    async sign(claims) {
      const { privateKey } = await make();
      const head = encode(JSON.stringify({ alg: "RS256", typ: "JWT", kid: keyId }));
      const text = `${head}.${encode(JSON.stringify(claims))}`;
      const signature = await crypto.subtle.sign(ALGORITHM, privateKey, bytesOf(text));
      return `${text}.${encode(new Uint8Array(signature))}`;
    },
  };
}

/** The challenge that belongs to a code verifier (RFC 7636, S256). */
export async function challengeOf(verifier: string): Promise<string> {
  return encode(new Uint8Array(await crypto.subtle.digest("SHA-256", bytesOf(verifier))));
}

function encode(value: string | Uint8Array<ArrayBuffer>): string {
  const bytes = typeof value === "string" ? bytesOf(value) : value;
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
