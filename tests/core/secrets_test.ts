import { assertEquals } from "@std/assert";
import { clean } from "../../src/core/clean.ts";
import { hideSecrets, holdsSecret, isSecretName } from "../../src/core/secrets.ts";
import { test } from "../support/test.ts";

test("hideSecrets() hides tokens, passwords and signatures wherever they stand", () => {
  const cases = [
    ["ask https://x.test/a?token=s3cret.", "ask https://x.test/a?token=(hidden)"],
    [
      "https://x.test/?a=1&access_token=s3cret&b=2",
      "https://x.test/?a=1&access_token=(hidden)&b=2",
    ],
    ["https://x.test/#id_token=s3cret", "https://x.test/#id_token=(hidden)"],
    ["https://x.test/?X-Amz-Signature=s3cret", "https://x.test/?X-Amz-Signature=(hidden)"],
    ["s3://me:s3cret@bucket.test/key", "s3://(hidden)@bucket.test/key"],
    ["Authorization: Bearer s3crets3crets3cret", "Authorization: Bearer (hidden)"],
  ] as const;
  for (const [text, expected] of cases) {
    assertEquals(hideSecrets(text), expected);
    assertEquals(clean(text), expected);
    assertEquals(clean(`${text}\n…`).includes("s3cret"), false);
  }
});

test("hideSecrets() leaves other text alone", () => {
  for (
    const text of [
      "a=b",
      "me@example.test",
      "ndvi@v2",
      "a token of thanks",
      "bearer of news",
      "x?tokens=3",
    ]
  ) {
    assertEquals(hideSecrets(text), text);
  }
});

test("holdsSecret() tells a secret from a signature", () => {
  assertEquals(holdsSecret("https://x.test/a?jwt=s3cret"), true);
  assertEquals(holdsSecret("https://me:pw@x.test/a"), true);
  assertEquals(holdsSecret("https://x.test/a?signature=s3cret"), false);
});

test("isSecretName() knows names that hold secrets", () => {
  assertEquals(["token", "API_KEY", "clientSecret", "password"].map(isSecretName), [
    true,
    true,
    true,
    true,
  ]);
  assertEquals(["tokens", "key", "bbox", ""].map(isSecretName), [false, false, false, false]);
});
