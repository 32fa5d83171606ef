// What a moving map lies on: the offline outlines, and over them the PMTiles file that a person has, in our colours.
const here = (path) => new URL(path, location.href).href;
const geojson = (data) => ({ type: "geojson", data });
const line = (id, source, colour, width, more) => ({ id, type: "line", source, paint: { "line-color": colour, "line-width": width }, ...more });
const fill = (id, source, colour, more) => ({ id, type: "fill", source, paint: { "fill-color": colour }, ...more });

export function outlines(colour) {
  const regions = line("regions", "regions", colour("--coast"), 0.8, { minzoom: 4 });
  regions.paint["line-dasharray"] = [4, 3];
  const kind = (name) => ({ filter: ["==", ["get", "kind"], name] });
  return {
    version: 8,
    sources: Object.fromEntries(["countries", "regions", "waters"].map((name) => [name, geojson(here(`/static/build/${name}.json`))])),
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      fill("land", "countries", colour("--land")),
      regions,
      fill("lakes", "waters", colour("--water"), kind("lake")),
      line("rivers", "waters", colour("--water"), ["interpolate", ["linear"], ["zoom"], 3, 0.5, 8, 2], kind("river")),
      line("borders", "countries", colour("--coast"), 1),
    ],
  };
}

// By the names of layers in OpenMapTiles, Protomaps and Shortbread; the first that fits, drawn in this order.
const LOOKS = [
  ["land", /^(earth|land)$/],
  ["water", /^(water|ocean|lake|sea)/],
  ["road", /road|street|transport|highway|rail/],
  ["building", /building/],
  ["border", /bound|admin|border/],
];
const lookOf = (id) => LOOKS.find(([, names]) => names.test(id))?.[0] ?? "other";

function drawn(id, colour) {
  const part = (type) => ({ "source-layer": id, filter: ["==", ["geometry-type"], type] });
  const look = lookOf(id);
  const areas = { land: "--land", water: "--water", building: "--rule" }[look];
  const lines = { water: "--water", road: "--rule", border: "--coast" }[look];
  return [
    ...(areas ? [fill(`own-${id}-areas`, "own", colour(areas), part("Polygon"))] : []),
    ...(lines ? [line(`own-${id}-lines`, "own", colour(lines), look === "border" ? 1 : 0.8, part("LineString"))] : []),
  ];
}

function sheet([west, south, east, north]) {
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

const plain = (html) => new DOMParser().parseFromString(html ?? "", "text/html").body.textContent;
let known;

// What a PMTiles file holds; read once a page.
export async function opened(maplibre, address) {
  const archive = new globalThis.pmtiles.PMTiles(here(address));
  const protocol = new globalThis.pmtiles.Protocol();
  protocol.add(archive);
  maplibre.addProtocol("pmtiles", protocol.tile);
  const [head, about] = await Promise.all([archive.getHeader(), archive.getMetadata()]);
  return { head, about, address: `pmtiles://${here(address)}` };
}

export async function ground(maplibre, address, colour, dark) {
  const style = outlines(colour);
  if (!address) return style;
  const { head, about, address: url } = await (known ??= opened(maplibre, address));
  const vector = head.tileType === 1;
  const attribution = plain(about.attribution);
  const layers = vector ? (about.vector_layers ?? []).map(({ id }) => id) : [];
  const order = (id) => LOOKS.findIndex(([look]) => look === lookOf(id));
  style.sources.sheet = geojson(sheet([head.minLon, head.minLat, head.maxLon, head.maxLat]));
  style.sources.own = { type: vector ? "vector" : "raster", url, attribution, ...(vector ? {} : { tileSize: 256 }) };
  style.layers.push(
    fill("sheet", "sheet", colour(layers.some((id) => lookOf(id) === "land") ? "--water" : "--land")),
    ...layers.sort((one, other) => order(one) - order(other)).flatMap((id) => drawn(id, colour)),
    ...(vector ? [] : [{ id: "own", type: "raster", source: "own", paint: { "raster-brightness-max": dark ? 0.6 : 1 } }]),
  );
  return style;
}
