// Puts a map that can be moved in place of each drawn one. All it shows is read from the drawn map on the page, and
// all it loads comes from this machine; without it, or where it fails, the drawn map stays.
import * as maplibre from "/static/build/maplibre-gl.mjs";
import { ground } from "/static/ground.js";

maplibre.setWorkerUrl(new URL("/static/build/maplibre-gl-worker.mjs", location.href).href);
const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function pin(dot) {
  const reach = Number(dot.dataset.reach);
  const link = document.createElement("a");
  link.className = "pin dot";
  link.href = dot.getAttribute("href");
  link.dataset.place = dot.dataset.place;
  link.setAttribute("aria-label", dot.getAttribute("aria-label"));
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("width", 2 * reach);
  svg.setAttribute("height", 2 * reach);
  svg.setAttribute("viewBox", `${-reach} ${-reach} ${2 * reach} ${2 * reach}`);
  svg.append(...[...dot.querySelectorAll("circle")].map((circle) => circle.cloneNode()));
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = dot.querySelector("title")?.textContent ?? dot.dataset.name;
  svg.prepend(title);
  const name = document.createElement("span");
  name.className = "pin-name";
  name.dir = "auto";
  name.textContent = dot.dataset.name;
  link.style.setProperty("--away", `${reach + 3}px`);
  link.append(svg, name);
  return { link, name, svg };
}

function town(mark) {
  const sign = document.createElement("span");
  sign.className = "pin-town";
  sign.dir = "auto";
  sign.textContent = mark[0];
  return sign;
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

// Towns of the gazetteer, asked for as the map moves; a name waits where it would lie on another.
function places(map, pins) {
  let shown = [];
  const ask = async () => {
    const box = map.getBounds();
    const corners = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((v) => v.toFixed(3)).join(",");
    const answer = await fetch(`/map/towns?box=${corners}`).catch(() => null);
    if (!answer?.ok) return;
    shown.forEach((marker) => marker.remove());
    const known = new Set(pins.map(({ name }) => name.textContent.toLowerCase()));
    const taken = pins.flatMap(({ name, svg }) => [svg, name]).filter((one) => !one.hidden).map((one) => one.getBoundingClientRect());
    shown = (await answer.json())
      .filter(([name]) => !known.has(name.toLowerCase()))
      .map((one) => {
        const element = town(one);
        const marker = new maplibre.Marker({ element, anchor: "left" }).setLngLat([one[1], one[2]]).addTo(map);
        const rect = element.getBoundingClientRect();
        if (taken.every((other) => apart(rect, other))) taken.push(rect);
        else marker.remove();
        return marker;
      });
  };
  map.on("load", ask);
  map.on("moveend", ask);
}

async function live(figure) {
  const own = figure.dataset.basemap;
  const style = () => ground(maplibre, own, colour, dark.matches);
  const first = await style();
  const sheet = figure.querySelector(".sheet");
  const dots = [...figure.querySelectorAll(".drawn .dot")];
  const holder = document.createElement("div");
  holder.className = "live";
  sheet.prepend(holder);
  const map = new maplibre.Map({
    container: holder,
    style: first,
    bounds: bounds(dots.filter((dot) => !dot.classList.contains("beyond"))),
    fitBoundsOptions: { padding: 56, maxZoom: 8 },
    maxZoom: own ? 16 : 12,
    attributionControl: own ? { compact: false } : false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl(), "bottom-right");
  const pins = dots.map((dot) => ({ ...pin(dot), at: [Number(dot.dataset.lon), Number(dot.dataset.lat)] }));
  for (const { link, at } of pins) new maplibre.Marker({ element: link }).setLngLat(at).addTo(map);
  places(map, pins);
  map.once("idle", () => (holder.dataset.shown = "all"));
  map.on("error", (event) => console.warn("The map:", event.error));
  dispatchEvent(new CustomEvent("pins"));
  settle(pins);  // before the outlines are there: a slow start must not show names upon names
  map.on("load", () => settle(pins));
  map.on("moveend", () => settle(pins));
  dark.addEventListener("change", async () => map.setStyle(await style()));
}

for (const figure of document.querySelectorAll("[data-map]")) {
  live(figure).catch((error) => {
    figure.querySelector(".live")?.remove();
    console.warn("The drawn map stays:", error);
  });
}
