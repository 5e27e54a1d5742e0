import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  ErrorResponse,
  HTTPValidationError,
  ValidationErrorItem,
} from "../../src/models/error_response.ts";
import { test } from "../support/test.ts";
import { problems } from "./support/problems.ts";
import { WIRE } from "./support/values.ts";

test("ErrorResponse.parse() keeps absent and null apart", () => {
  const short = { error_code: "APEX_ERROR", message: "<b>No</b>" };
  assertStrictEquals(ErrorResponse.parse(short), short);
  const nulls = { ...short, status: "error", details: null, request_id: null };
  assertStrictEquals(ErrorResponse.parse(nulls), nulls);
  assertStrictEquals(ErrorResponse.parse(WIRE.ErrorResponse), WIRE.ErrorResponse);
});

test("ErrorResponse.parse() refuses the framework's errors and a proxy's", () => {
  assertEquals(problems(ErrorResponse, { detail: "Not Found" }), [
    "error_code: expected a string, got nothing",
    "message: expected a string, got nothing",
  ]);
  assertEquals(problems(ErrorResponse, ""), ["expected an object, got an empty string"]);
});

test("HTTPValidationError.parse() and ValidationErrorItem.parse() name what is wrong", () => {
  assertStrictEquals(HTTPValidationError.parse(WIRE.HTTPValidationError), WIRE.HTTPValidationError);
  assertEquals(HTTPValidationError.parse({}), {});
  assertEquals(problems(HTTPValidationError, { detail: "Not Found" }), [
    'detail: expected an array, got the string "Not Found"',
  ]);
  assertEquals(problems(ValidationErrorItem, { loc: [true, 1.5], msg: "", type: "" }), [
    "loc[0]: expected a string or an integer, got true",
    "loc[1]: expected a string or an integer, got the number 1.5",
  ]);
});
