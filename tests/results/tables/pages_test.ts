import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { parquetMetadata } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { type ColumnPages, wrongPages } from "../../../src/results/tables/pages.ts";
import { test } from "../../support/test.ts";
import { fixture } from "../support/fixtures.ts";

function columnsOf(bytes: Uint8Array<ArrayBuffer>): ColumnPages[] {
  const { row_groups: groups } = parquetMetadata(bytes.slice().buffer);
  return groups.flatMap(({ columns }) =>
    columns.map(({ meta_data: about }) => ({
      from: Number(about?.dictionary_page_offset || about?.data_page_offset),
      length: Number(about?.total_compressed_size),
      values: Number(about?.num_values),
    }))
  );
}

test("wrongPages() finds nothing wrong in tables of several writers", () => {
  for (const name of ["parcels_snappy", "parcels_zstd", "parcels_utm"]) {
    const bytes = fixture(`tables/${name}.parquet`);
    assertEquals(wrongPages(bytes, columnsOf(bytes)), undefined, name);
  }
});

/** A table of one column, and one whose head says so many bytes and values. */
function lying(size: number, values: number): Uint8Array<ArrayBuffer> {
  const varint = (value: number) => {
    const bytes: number[] = [];
    for (let rest = value * 2;; rest = Math.floor(rest / 128)) {
      if (rest < 128) return [...bytes, rest];
      bytes.push(rest % 128 + 128);
    }
  };
  return Uint8Array.from([
    // A data page: its type, its sizes, and its own head with its values (Parquet's PageHeader in Thrift).
    ...[0x15, 0, 0x15, ...varint(size), 0x15, ...varint(4)],
    ...[0x2c, 0x15, ...varint(values), 0x15, 0, 0x15, 6, 0x15, 6, 0, 0],
    ...[1, 2, 3, 4],
  ]);
}

test("wrongPages() says of heads that mean harm why, before a page is read", () => {
  const column = (bytes: Uint8Array, values = 10) => [{ from: 0, length: bytes.length, values }];
  const fine = lying(4, 10);
  assertEquals(wrongPages(fine, column(fine)), undefined);
  const more = lying(4, 2 ** 31 - 1);
  assertStringIncludes(wrongPages(more, column(more)) ?? "", "has more values than the file says");
  assertStringIncludes(wrongPages(more, column(more, 2 ** 31)) ?? "", "values, more than fit here");
  const large = lying(2_000_000_000, 10);
  assertEquals(wrongPages(large, column(large)), "it unpacks to 2.0 GB, more than fits here");
  assertEquals(
    wrongPages(fine, [{ from: 5, length: fine.length, values: 10 }]),
    "a column of it lies outside of the file",
  );
  assertEquals(wrongPages(fine.slice(0, 20), column(fine.slice(0, 20))), "a page of it has no end");
  assertThrows(() => wrongPages(Uint8Array.of(0x15), column(Uint8Array.of(0x15))), RangeError);
});

test("wrongPages() reads the pages of what this machine's own writer writes", () => {
  const bytes = new Uint8Array(parquetWriteBuffer({
    columnData: [{ name: "a", data: [1, 2, null, 4], type: "DOUBLE", nullable: true }],
  }));
  assertEquals(wrongPages(bytes, columnsOf(bytes)), undefined);
});
