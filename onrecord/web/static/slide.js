// Moves a map through time: its dots show the events of the days chosen, its rings who was said to hold each place.
const form = document.querySelector("[data-days]");

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const words = (day) => `${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;

// Of a stretch whose beginning no one tells, only its last day is certain. What is stated worst is shown.
function holder(spells, day) {
  const now = (spells ?? []).filter(([since, until]) => (since ?? until ?? 0) <= day && day <= (until ?? Infinity));
  const named = now.filter((spell) => spell[3] !== "nobody named");
  const told = named.length ? named : now;
  const names = [...new Set(told.map((spell) => spell[3]))];
  const state = names.length > 1 ? "contested" : ["contested", "besieged", "holds", "unknown"].find((one) => now.some((spell) => spell[4] === one));
  const last = told.at(-1);
  return last && { shade: last[2], name: names.join(", "), state, disputed: now.some((spell) => spell[5]) };
}

function draw(mark, count, most, held) {
  const circle = mark.querySelector(".count");
  const ring = mark.querySelector(".hold");
  const radius = count ? Math.min(Number(circle.dataset.full ?? (circle.dataset.full = circle.getAttribute("r"))), 4 + 11 * Math.sqrt(count / most)) : 2.5;
  circle.setAttribute("r", radius.toFixed(1));
  circle.classList.toggle("none", !count);
  if (ring) {
    ring.setAttribute("r", (radius + 3).toFixed(1));
    ring.setAttribute("class", held ? `hold line h${held.shade} ${held.state}${held.disputed ? " disputed-ring" : ""}` : "hold none");
  }
  const told = `${count} ${count === 1 ? "event" : "events"}${held ? `; ${held.name} ${held.state}` : ""}`;
  mark.classList.toggle("idle", !count && !held);
  const link = mark.closest("a") ?? mark;
  const name = (link.getAttribute("aria-label") ?? "").split(":")[0];
  link.setAttribute("aria-label", `${name}: ${told}`);
  const title = link.querySelector("title");
  if (title) title.textContent = `${name}: ${told}`;
}

async function start() {
  const answer = await fetch(form.dataset.days);
  if (!answer.ok) return;
  const data = await answer.json();
  if (!data.first) return;
  const [range, choice, output, play] = ["input", "select", "output", "[data-play]"].map((part) => form.querySelector(part));
  const first = new Date(`${data.first}T00:00:00Z`);
  const most = Math.max(1, ...Object.values(data.events).map((spans) => spans.length));
  let touched = false;
  const show = () => {
    const day = Number(range.value);
    const back = choice.value === "all" ? -Infinity : day - Number(choice.value);
    let sum = 0;
    for (const mark of document.querySelectorAll("[data-place]")) {
      const spans = data.events[mark.dataset.place] ?? [];
      const count = spans.filter(([since, until]) => since <= day && until >= back).length;
      if (!mark.classList.contains("pin")) sum += count;
      draw(mark, count, most, holder(data.control[mark.dataset.place], day));
    }
    const date = words(new Date(first.getTime() + day * 86400000));
    output.textContent = `${date}: ${sum} ${sum === 1 ? "event" : "events"}`;
    range.setAttribute("aria-valuetext", output.textContent);
  };
  const move = () => { touched = true; show(); };
  range.addEventListener("input", move);
  choice.addEventListener("change", move);
  addEventListener("pins", () => touched && show());
  let timer = 0;
  const stop = () => { clearInterval(timer); timer = 0; play.textContent = "▶"; play.setAttribute("aria-label", "Play"); };
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (Number(range.value) >= data.days) range.value = 0;
    play.textContent = "❚❚";
    play.setAttribute("aria-label", "Pause");
    const stride = Math.max(1, Math.round(data.days / 240));
    timer = setInterval(() => {
      range.value = Number(range.value) + stride;
      move();
      if (Number(range.value) >= data.days) stop();
    }, 120);
  });
  output.textContent = "all days";
  form.hidden = false;
}

if (form) start().catch((error) => console.warn("The map stays as it is:", error));
