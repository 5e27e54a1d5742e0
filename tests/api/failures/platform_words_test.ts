import { assertEquals } from "@std/assert";
import { essence, jsonWords, platformWords } from "../../../src/api/failures/platform_words.ts";
import { test } from "../../support/test.ts";

test("platformWords() reads openEO's grammar, as its clients print it", () => {
  const cases = [
    ["[400] ProcessParameterMissing: missing spatial_extent (ref: 1f-2)", {
      status: 400,
      code: "ProcessParameterMissing",
      sentence: "missing spatial_extent",
    }],
    ["An error occurred while creating processing job: [402] PaymentRequired: no credits.", {
      status: 402,
      code: "PaymentRequired",
      sentence: "no credits",
    }],
    ["[502] <html><head><title>502 Bad Gateway</title></head></html>", {
      status: 502,
      sentence: "Bad Gateway",
    }],
    ['[500] {"code": "Internal", "message": "It <b>broke</b>"}', {
      status: 500,
      sentence: "It broke",
    }],
    ["NoDataAvailable: There is no data.", {
      code: "NoDataAvailable",
      sentence: "There is no data",
    }],
  ] as const;
  for (const [reason, words] of cases) assertEquals(platformWords(reason), words, reason);
});

test("platformWords() reads an OGC API's exception, with a body in any form", () => {
  const head = "(404)\nReason: Not Found\nHTTP response headers: HTTPHeaderDict({'a': 'b'})\n";
  const type = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-process";
  const cases = [
    ["", { status: 404, sentence: "Not Found" }],
    [`HTTP response body: type='${type}' title='No' status=404 detail="it's gone" instance=None`, {
      status: 404,
      code: "no-such-process",
      sentence: "it's gone",
    }],
    [`HTTP response body: ${JSON.stringify({ type, title: "No", detail: "gone" })}`, {
      status: 404,
      code: "no-such-process",
      sentence: "gone",
    }],
    ["HTTP response body: <h1>404 Not there</h1>", { status: 404, sentence: "Not there" }],
  ] as const;
  for (const [body, words] of cases) assertEquals(platformWords(head + body), words, body);
});

test("platformWords() reads HTTP failures as Python prints them", () => {
  const url = "https://x.test/udp.json";
  const cases = [
    [`404 Client Error: Not Found for url: ${url}`, { status: 404, sentence: "Not Found", url }],
    [`HTTPError('404 Client Error: Not Found for url: https://(hidden)@c.test/a?key=(hidden)')`, {
      status: 404,
      sentence: "Not Found",
      url: "https://(hidden)@c.test/a?key=(hidden)",
    }],
    [`HTTPError('403 Client Error: Forbidden for url: ${url}')`, {
      status: 403,
      sentence: "Forbidden",
      url,
    }],
    ["HTTP Error 404: Not Found", { status: 404, sentence: "Not Found" }],
    ["<HTTPError 410: 'Gone'>", { status: 410, sentence: "Gone" }],
    ["HTTPError('404 Not Found')", { status: 404, sentence: "Not Found" }],
  ] as const;
  for (const [reason, words] of cases) assertEquals(platformWords(reason), words, reason);
});

test("platformWords() takes the service's own words for none of a platform's", () => {
  for (
    const reason of [
      "'NoneType' object has no attribute 'get'",
      "'https://openeo.test/'",
      "No OpenEO backend configuration found for URL: https://openeo.test/",
      "ValueError: bad value",
      "(pymysql.err.OperationalError) (2013, 'Lost connection')",
      "HTTPSConnectionPool(host='x', port=443): Read timed out. (read timeout=60)",
      "4 validation errors for Collection\ndescription\n  Field required [type=missing]",
      "Unsupported parameter schemas: [{'type': 'object'}]",
      "",
    ]
  ) {
    assertEquals(platformWords(reason), undefined, reason);
  }
});

test("jsonWords() reads errors within errors, and gives up where there are no words", () => {
  assertEquals(jsonWords({ error: { code: "X1", message: "deep" } }), {
    code: "X1",
    sentence: "deep",
  });
  assertEquals(jsonWords({ status: 503, title: "Busy" }), { status: 503, sentence: "Busy" });
  assertEquals([jsonWords({}), jsonWords([]), jsonWords("x"), jsonWords({ message: 5 })], [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("essence() leaves out SQL, tracebacks and where to read more", () => {
  assertEquals(essence("It broke\n[SQL: INSERT]\n[parameters: {'u': 1}]"), "It broke");
  assertEquals(essence("It broke\nTraceback (most recent call last):\n  x"), "It broke");
  assertEquals(essence("An error occurred while trying: it broke"), "it broke");
});
