import { assertEquals } from "@std/assert";
import { FILL_VALUE, toNetCdf } from "../../../src/sandbox/platform/netcdf.ts";
import { test } from "../../support/test.ts";

test("toNetCdf() is a classic file whose variables lie where its header says", () => {
  const bytes = toNetCdf({
    times: [0, 86_400_000],
    latitudes: [42, 41],
    longitudes: [12, 13, 14],
    variables: { B04: Array.from({ length: 12 }, (_, index) => index), B08: [FILL_VALUE] },
  });
  const view = new DataView(bytes.buffer);
  assertEquals([...bytes.subarray(0, 4)], [0x43, 0x44, 0x46, 1]);
  // No records; three dimensions, the first of which is called t and has two places.
  assertEquals([4, 8, 12, 16, 24].map((at) => view.getInt32(at)), [0, 10, 3, 1, 2]);
  const beginOf = (name: string, dimensions: number) => {
    const text = String.fromCharCode(...bytes);
    const at = text.lastIndexOf(
      `${name}`.padEnd(4, "\0") + String.fromCharCode(0, 0, 0, dimensions),
    );
    // After name and dimensions come attributes; type, size and begin are the last three numbers.
    let end = at + 8 + dimensions * 4;
    const count = view.getInt32(end + 4);
    end += 8;
    for (let index = 0; index < count; index++) {
      end += 4 + Math.ceil(view.getInt32(end) / 4) * 4;
      const [type, length] = [view.getInt32(end), view.getInt32(end + 4)];
      end += 8 + Math.ceil(length * (type === 2 ? 1 : 4) / 4) * 4;
    }
    return view.getInt32(end + 8);
  };
  const time = beginOf("t", 1);
  assertEquals([view.getFloat64(time), view.getFloat64(time + 8)], [0, 1]);
  const band = beginOf("B04", 3);
  assertEquals([view.getFloat32(band), view.getFloat32(band + 44)], [0, 11]);
  assertEquals(view.getFloat32(beginOf("B08", 3)), FILL_VALUE);
  assertEquals(beginOf("B08", 3) + 4, bytes.length);
});
