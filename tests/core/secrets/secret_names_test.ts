import { assertEquals } from "@std/assert";
import {
  isSecretHeader,
  isSecretInAddress,
  isSecretName,
  isSignatureName,
} from "../../../src/core/secrets/secret_names.ts";
import { test } from "../../support/test.ts";

test("isSecretName() knows names that hold secrets, however they are spelt", () => {
  const names = [
    "token",
    "API_KEY",
    "clientSecret",
    "password",
    "refresh_token",
    "device_code",
    "X-Auth-Token",
    "aws_secret_access_key",
    "Set-Cookie",
  ];
  assertEquals(names.filter((name) => !isSecretName(name)), []);
  const others = ["tokens", "key", "bbox", "", "code", "token_type", "error_code", "signature"];
  assertEquals(others.filter(isSecretName), []);
});

test("isSecretInAddress() knows the words that are secret in a query alone", () => {
  const names = [
    "code",
    "key",
    "sig",
    "Signature",
    "X-Amz-Credential",
    "x-goog-signature",
    "token",
  ];
  assertEquals(names.filter((name) => !isSecretInAddress(name)), []);
  const others = ["interval", "X-Amz-Date", "X-Amz-Expires", "X-Goog-Algorithm", "se", "v", "keys"];
  assertEquals(others.filter(isSecretInAddress), []);
});

test("isSignatureName() tells what opens a file for a while from what opens an account", () => {
  const names = ["sig", "X-Amz-Expires", "expires", "X-Amz-Security-Token", "Key-Pair-Id"];
  assertEquals(names.filter((name) => !isSignatureName(name)), []);
  assertEquals(["token", "code", "key", "password"].filter(isSignatureName), []);
});

test("isSecretHeader() hides one header too many rather than one too few", () => {
  assertEquals(["Authorization", "X-Api-Key", "Cookie", "Accept"].map(isSecretHeader), [
    true,
    true,
    true,
    false,
  ]);
});
