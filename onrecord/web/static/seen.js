// Tells what changed since the last visit. What was seen is kept in this browser alone; a visit ends with its window.
const section = document.querySelector("[data-seen]");
const KEY = "onrecord-seen";

const link = (href, text) => Object.assign(document.createElement("a"), { href, textContent: text });
const many = (n, one, others = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : others}`;

function differences(before, now) {
  const rows = [];
  const names = { dispatches: ["dispatch", "dispatches"], events: ["event"], figures: ["figure"], disputes: ["dispute"] };
  for (const [kind, [one, others]] of Object.entries(names)) {
    const old = before[kind] ?? {};
    const fresh = Object.keys(now[kind]).filter((id) => !(id in old));
    const other = Object.keys(now[kind]).filter((id) => id in old && old[id] !== now[kind][id]);
    const gone = Object.keys(old).filter((id) => !(id in now[kind]));
    if (fresh.length || other.length || gone.length) rows.push({ kind, one, others, fresh, other, gone });
  }
  return rows;
}

function row({ kind, one, others, fresh, other, gone }) {
  const item = document.createElement("li");
  const told = [[fresh, "new"], [other, "changed"], [gone, "gone"]].filter(([ids]) => ids.length);
  item.append(told.map(([ids, what]) => `${many(ids.length, one, others)} ${what}`).join(", "));
  if (kind === "events" || kind === "figures") {
    for (const id of [...fresh, ...other].slice(0, 6)) item.append(" ", link(`/${kind}/${id}`, section.dataset[id] ?? "show"));
  } else if (kind === "dispatches") item.append(" ", link("/dispatches", "show"));
  else item.append(" ", link("#disputes", "show"));
  return item;
}

async function start() {
  const answer = await fetch(section.dataset.seen);
  if (!answer.ok) return;
  const now = await answer.json();
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? "null");
  if (kept && !sessionStorage.getItem(KEY)) sessionStorage.setItem(KEY, JSON.stringify(kept));
  localStorage.setItem(KEY, JSON.stringify({ at: new Date().toISOString(), seen: now }));
  if (!kept) return;
  const rows = differences(kept.seen, now);
  const list = document.createElement("ul");
  list.className = "plain";
  list.append(...rows.map(row));
  section.querySelector("div").append(rows.length ? list : "Nothing changed.");
  section.querySelector("[data-when]").textContent = `Against ${new Date(kept.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })}, when you looked last.`;
  section.hidden = false;
}

if (section) start().catch((error) => console.warn(error));
