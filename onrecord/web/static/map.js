// Puts a map that can be moved in place of each drawn one. All it shows is read from the drawn map on the page, and
// all it loads comes from this machine; without it, or where it fails, the drawn map stays.
import * as maplibre from "/static/build/maplibre-gl.mjs";

maplibre.setWorkerUrl(new URL("/static/build/maplibre-gl-worker.mjs", location.href).href);
const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function style() {
  return {
    version: 8,
    sources: { countries: { type: "geojson", data: new URL("/static/build/countries.json", location.href).href } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": colour("--land") } },
      { id: "borders", type: "line", source: "countries", paint: { "line-color": colour("--coast"), "line-width": 1 } },
    ],
  };
}

function pin(dot) {
  const radius = Number(dot.dataset.radius);
  const link = document.createElement("a");
  link.className = "pin dot";
  link.href = dot.getAttribute("href");
  link.setAttribute("aria-label", dot.getAttribute("aria-label"));
  const drawn = dot.querySelector("circle").cloneNode();
  drawn.setAttribute("cx", radius);
  drawn.setAttribute("cy", radius);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("width", 2 * radius);
  svg.setAttribute("height", 2 * radius);
  svg.append(drawn);
  const name = document.createElement("span");
  name.className = "pin-name";
  name.dir = "auto";
  name.textContent = dot.dataset.name;
  link.style.setProperty("--away", `${radius + 4}px`);
  link.append(svg, name);
  return { link, name, svg };
}

function bounds(dots) {
  const box = new maplibre.LngLatBounds();
  for (const dot of dots) box.extend([Number(dot.dataset.lon), Number(dot.dataset.lat)]);
  return box;
}

const apart = (a, b) => a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;

// The weightiest places stand first; a name for which neither side has room waits until the map is closer.
function settle(pins) {
  const taken = pins.map(({ svg }) => ({ svg, box: svg.getBoundingClientRect() }));
  for (const { name, svg } of pins) {
    name.hidden = false;
    const free = ["after", "before"].some((side) => {
      name.dataset.side = side;
      const box = name.getBoundingClientRect();
      return taken.every((one) => one.svg === svg || apart(box, one.box)) && taken.push({ box });
    });
    name.hidden = !free;
  }
}

function live(figure) {
  const sheet = figure.querySelector(".sheet");
  const dots = [...figure.querySelectorAll(".drawn .dot")];
  const holder = document.createElement("div");
  holder.className = "live";
  sheet.prepend(holder);
  const map = new maplibre.Map({
    container: holder,
    style: style(),
    bounds: bounds(dots.filter((dot) => !dot.classList.contains("beyond"))),
    fitBoundsOptions: { padding: 56, maxZoom: 8 },
    maxZoom: 12,
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl(), "bottom-right");
  const pins = dots.map((dot) => ({ ...pin(dot), at: [Number(dot.dataset.lon), Number(dot.dataset.lat)] }));
  for (const { link, at } of pins) new maplibre.Marker({ element: link }).setLngLat(at).addTo(map);
  map.on("error", (event) => console.warn("The map:", event.error));
  settle(pins);  // before the outlines are there: a slow start must not show names upon names
  map.on("load", () => settle(pins));
  map.on("moveend", () => settle(pins));
  dark.addEventListener("change", () => map.setStyle(style()));
}

for (const figure of document.querySelectorAll("[data-map]")) {
  try {
    live(figure);
  } catch (error) {
    figure.querySelector(".live")?.remove();
    console.warn("The drawn map stays:", error);
  }
}
