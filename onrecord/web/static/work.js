// Makes deciding quick: cards beside the text, keys for what has a button, names suggested while one types.
// Each of these also works without it: a highlight is a link, a decision a form, a name can be typed.

const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

// ------------------------------------------------------------------------------------------------- cards
const text = document.querySelector("[data-cards]");
const card = document.getElementById("card");
let marks = [];
let at = -1;

function addressOf(mark) {
  const [kind, id] = [mark.id.slice(0, 2), mark.id.slice(2)];
  return { "c-": `/claims/${id}`, "m-": `/mentions/${id}` }[kind];
}

async function open(mark, { scroll = true } = {}) {
  const address = addressOf(mark);
  if (!address) return;
  text.querySelector(".chosen")?.classList.remove("chosen");
  mark.classList.add("chosen");
  at = marks.indexOf(mark);
  if (scroll) mark.scrollIntoView({ block: "center" });
  const answer = await fetch(`${address}?part=card`);
  if (!answer.ok || marks[at] !== mark) return;
  card.innerHTML = await answer.text();
  card.hidden = false;
  card.dataset.of = mark.id;
  card.querySelectorAll("[data-suggest]").forEach(suggest);
  history.replaceState(null, "", `#${mark.id}`);
  if (card.getBoundingClientRect().bottom < 0 || card.getBoundingClientRect().top > innerHeight) card.scrollIntoView({ block: "nearest" });
}

function close() {
  card.hidden = true;
  text.querySelector(".chosen")?.classList.remove("chosen");
}

function step(by) {
  if (!marks.length) return;
  const seen = marks.filter((mark) => mark.getClientRects().length);
  const here = at < 0 ? (by > 0 ? -1 : 0) : seen.indexOf(marks[at]);
  open(seen.at((here + by + seen.length) % seen.length));
}

if (text && card) {
  marks = [...text.querySelectorAll("[id^='c-'], [id^='m-']")];
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("[id^='c-'], [id^='m-']");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(mark, { scroll: false });
  });
  const first = location.hash && document.getElementById(location.hash.slice(1));
  if (first && marks.includes(first)) open(first);
}

// -------------------------------------------------------------------------------------------------- keys
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
  if (text && card) {
    if (event.key === "n" || event.key === "j") return step(1);
    if (event.key === "p" || event.key === "k") return step(-1);
    if (event.key === "Escape") return close();
  }
  const button = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find((one) => one.getClientRects().length);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

// ------------------------------------------------------------------------------------------------- names
let lists = 0;
function suggest(input) {
  const list = document.createElement("datalist");
  list.id = `names-${(lists += 1)}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let last = "";
  input.addEventListener("input", async () => {
    const words = (last = input.value);
    const answer = await fetch(`/names?kind=${encodeURIComponent(input.dataset.suggest)}&q=${encodeURIComponent(words)}`);
    if (!answer.ok || words !== last) return;
    list.replaceChildren(...(await answer.json()).map((name) => Object.assign(document.createElement("option"), { value: name })));
  });
}
document.querySelectorAll("[data-suggest]").forEach(suggest);

// ----------------------------------------------------------------------------------- what is being followed
const waiting = document.querySelector("[data-pending]");
if (waiting) {
  const ask = async () => {
    const answer = await fetch("/state").catch(() => null);
    const state = answer?.ok ? await answer.json() : null;
    if (state && state.pending === 0) {
      waiting.replaceChildren("The record is up to date. ", Object.assign(document.createElement("a"), { href: location.href, textContent: "Show it" }));
      waiting.classList.add("done");
    } else setTimeout(ask, 1500);
  };
  setTimeout(ask, 800);
}
