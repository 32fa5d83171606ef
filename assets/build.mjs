// Copies the map library and turns the offline outlines into GeoJSON; run it with `npm run build` after `npm ci`.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { feature } from "topojson-client";

const root = new URL("../", import.meta.url);
const target = new URL("onrecord/web/static/build/", root);

// Two decimals of a degree are about one kilometre, finer than the 1:50 million outlines themselves.
const round = (value) => Math.round(value * 100) / 100;

function thin(ring) {
  const points = ring.map(([lon, lat]) => [round(lon), round(lat)]);
  return points.filter((p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1]);
}

function polygons(geometry) {
  const all = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return all.map((rings) => rings.map(thin).filter((ring) => ring.length > 3)).filter((rings) => rings.length > 0);
}

function country(shape) {
  return {
    type: "Feature",
    properties: { name: shape.properties.name },
    geometry: { type: "MultiPolygon", coordinates: polygons(shape.geometry) },
  };
}

async function outlines() {
  const atlas = JSON.parse(await readFile(new URL("node_modules/world-atlas/countries-50m.json", root), "utf8"));
  const features = feature(atlas, atlas.objects.countries).features.map(country);
  await writeFile(new URL("countries.json", target), JSON.stringify({ type: "FeatureCollection", features }));
}

async function library() {
  const from = new URL("node_modules/maplibre-gl/", root);
  const files = ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"];
  await Promise.all(files.map((name) => copyFile(new URL(`dist/${name}`, from), new URL(name, target))));
  await copyFile(new URL("LICENSE.txt", from), new URL("maplibre-gl.LICENSE.txt", target));
}

await mkdir(target, { recursive: true });
await Promise.all([outlines(), library()]);
console.log(`built ${fileURLToPath(target)}`);
