import { assert, assertEquals } from "@std/assert";
import { openCatalogue } from "../../src/catalogue/open.ts";
import { isEqual } from "../../src/core/objects.ts";
import { packagedIndex } from "../../src/catalogue/index/index_data.ts";
import { catalogueFolder } from "./support/shared_catalogue.ts";

const offline: typeof fetch = () => Promise.reject(new TypeError("no network"));

Deno.test({
  name: "openCatalogue() maps all records of the real catalogue, and names the malformed scenario",
  ignore: catalogueFolder === undefined,
  async fn() {
    const real = await openCatalogue({ source: catalogueFolder, fetch: offline });
    const services = await real.search();
    const openeo = services.filter(({ label }) => label === "openeo");
    assertEquals([services.length, openeo.length], [70, 56]);
    assertEquals(services.filter(({ price }) => price !== undefined).length, 45);
    assertEquals(
      services.filter(({ price }) => price?.unit === "platform credits per km²").length,
      21,
    );
    assertEquals(
      real.problems.filter(({ path }) => path.startsWith("algorithm_catalog/")),
      [{
        path:
          "algorithm_catalog/compass_informatics/UHI_per_pixel/benchmark-scenarios/uhi_jja_udp.json",
        reason: "it is malformed, not JSON",
      }],
    );
    assertEquals(services.filter(({ obstacle }) => obstacle !== undefined).map(({ id }) => id), [
      "sentinel1_sar_interferogram",
    ]);
  },
});

Deno.test({
  name: "the index of the package is made of the real catalogue",
  ignore: catalogueFolder === undefined,
  async fn() {
    const real = await openCatalogue({ source: catalogueFolder, fetch: offline });
    const byId = new Map((await real.search()).map((service) => [service.id, service]));
    for (const service of packagedIndex().services) {
      assert(isEqual(JSON.parse(JSON.stringify(byId.get(service.id))), service), service.id);
    }
  },
});

Deno.test({
  name: "service.example passes service.check() for every real service that has one",
  ignore: catalogueFolder === undefined,
  async fn() {
    const real = await openCatalogue({ source: catalogueFolder, fetch: offline });
    let examples = 0;
    for (const { id } of await real.search()) {
      const service = await real.get(id);
      if (service.example === undefined || service.obstacle !== undefined) continue;
      examples++;
      assertEquals(service.check(service.example).issues, [], id);
      assertEquals(service.request({ parameters: service.example }).parameters, service.example);
    }
    assert(examples >= 25, `${examples} examples`);
  },
});
