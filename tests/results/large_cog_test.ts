import { assert, assertEquals } from "@std/assert";
import { preview } from "../../src/results/mod.ts";
import { inFolder } from "./support/file_server.ts";

/** 7,200 × 7,200 numbers of 16 bits: 104 MB without the overviews. */
const SIZE = 7_200;
const hasGdal = await new Deno.Command("gdal_translate", {
  args: ["--version"],
  stdout: "null",
  stderr: "null",
}).output().then(({ success }) => success, () => false);

/** Makes a cloud-optimised GeoTIFF with GDAL, and says where it lies. */
async function makeCog(folder: string): Promise<string> {
  const raw = new Uint16Array(SIZE * SIZE);
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      raw[row * SIZE + column] = 1_000 + row + (Math.imul(column, 2_654_435_761) >>> 22);
    }
  }
  await Deno.writeFile(`${folder}/raw.bin`, new Uint8Array(raw.buffer));
  await Deno.writeTextFile(
    `${folder}/raw.hdr`,
    `ENVI\nsamples = ${SIZE}\nlines = ${SIZE}\nbands = 1\nheader offset = 0\ndata type = 12\n` +
      "interleave = bsq\nbyte order = 0\n",
  );
  const to = `${folder}/large.tif`;
  const corners = ["500000", "5700000", "572000", "5628000"];
  const { success, stderr } = await new Deno.Command("gdal_translate", {
    args: ["-q", "-of", "COG", "-co", "COMPRESS=NONE", "-co", "RESAMPLING=NEAREST"]
      .concat(["-a_srs", "EPSG:32631", "-a_ullr", ...corners, `${folder}/raw.bin`, to]),
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return to;
}

Deno.test({
  name:
    "preview() of a cloud-optimised GeoTIFF of 100 MB asks twelve times at the most, for a twentieth",
  ignore: !hasGdal,
  sanitizeOps: true,
  sanitizeResources: true,
  fn: () =>
    inFolder(async (folder) => {
      const path = await makeCog(folder);
      const { size } = await Deno.stat(path);
      assert(size > 100_000_000);
      let requests = 0, bytes = 0;
      await using server = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen() {} },
        async (request) => {
          const [, from = "0", to = "0"] =
            /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "") ?? [];
          using file = await Deno.open(path);
          await file.seek(Number(from), Deno.SeekMode.Start);
          const part = new Uint8Array(Math.min(Number(to) + 1, size) - Number(from));
          for (let at = 0; at < part.length;) at += await file.read(part.subarray(at)) ?? Infinity;
          requests++;
          bytes += part.length;
          return new Response(part, {
            status: 206,
            headers: { "content-range": `bytes ${from}-${Number(from) + part.length - 1}/${size}` },
          });
        },
      );
      const { pictures: [picture] } = await preview(
        `http://127.0.0.1:${server.addr.port}/large.tif`,
      );
      assertEquals(picture?.raster?.crs, "EPSG:32631");
      assertEquals(picture?.raster?.meaning.kind, "values");
      assert(requests <= 12, `${requests} requests`);
      assert(bytes <= size * 0.05, `${bytes} of ${size} bytes`);
    }),
});
