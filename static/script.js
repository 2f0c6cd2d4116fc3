// Makes quicker what already works without it: the live answer, keys at the cursor, copying, a few keys of the keyboard.
const field = document.getElementById("expression");
const preview = document.getElementById("preview");
const keypad = document.querySelector(".keypad");
const touch = matchMedia("(pointer: coarse)").matches;

function insert(text) {
  const { selectionStart: start, selectionEnd: end } = field;
  if (text === "⌫") field.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
  else field.setRangeText(text, start, end, "end");
  if (!(touch && keypad.open)) field.focus();
  field.dispatchEvent(new Event("input"));
}

if (field && preview) {
  let waiting, asking;
  field.addEventListener("input", () => {
    if (field.dataset.last && /^[+*/^×÷]$/.test(field.value)) field.value = "ans " + field.value + " ";
    clearTimeout(waiting);
    asking?.abort();
    waiting = setTimeout(async () => {
      asking = new AbortController();
      try {
        const answer = await fetch("/preview?" + new URLSearchParams({ expression: field.value }), { signal: asking.signal });
        preview.textContent = answer.ok ? (await answer.text()).trim() : "";
      } catch { /* typing went on, or the network is away: the button still works */ }
    }, 200);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowUp" && !field.value && field.dataset.last) { event.preventDefault(); insert(field.dataset.last); }
  });
  field.setSelectionRange(field.value.length, field.value.length);
}

document.addEventListener("click", async (event) => {
  const key = event.target.closest("button[name=press]");
  if (key && field) { event.preventDefault(); insert(key.value); }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    await navigator.clipboard.writeText(copy.dataset.copy);
    copy.firstChild.textContent = "Copied";
    setTimeout(() => { copy.firstChild.textContent = "Copy"; }, 1500);
    field?.focus();
  }
});
for (const copy of document.querySelectorAll("[data-copy]")) copy.parentElement.hidden = !navigator.clipboard;

for (const panel of document.querySelectorAll("details[data-remember]")) {
  const name = panel.dataset.remember;
  const left = localStorage.getItem(name);
  if (left !== null) panel.open = left === "open";
  panel.addEventListener("toggle", () => localStorage.setItem(name, panel.open ? "open" : "closed"));
}
for (const note of document.querySelectorAll("details.note")) {
  // At once and not when "toggle" tells of it: who types right away loses no letter.
  note.querySelector("summary").addEventListener("click", (event) => {
    event.preventDefault();
    note.open = !note.open;
    if (note.open) note.querySelector("input[name=note]").focus();
  });
}
if (field && keypad && touch) {
  // The system's keyboard would cover our own: it stays away while ours is open, and comes when ours is closed.
  const choose = () => {
    field.inputMode = keypad.open ? "none" : "text";
    keypad.querySelector("small").hidden = !keypad.open;
  };
  keypad.querySelector("summary").addEventListener("click", () => {
    if (keypad.open) { field.inputMode = "text"; field.focus(); } else field.blur();
  });
  keypad.addEventListener("toggle", choose);
  choose();
  if (keypad.open) { field.blur(); document.getElementById("answer-given")?.focus({ preventScroll: true }); }
}
for (const password of document.querySelectorAll("input[type=password]")) {
  const show = Object.assign(document.createElement("button"), { type: "button", className: "show", textContent: "Show" });
  show.addEventListener("click", () => {
    password.type = password.type === "password" ? "text" : "password";
    show.textContent = password.type === "password" ? "Show" : "Hide";
  });
  password.form.addEventListener("submit", () => { password.type = "password"; });  // nothing remembers it as a text
  password.after(show);
}
// What a page says when it is there already is not read aloud; what comes a moment later is.
const told = document.querySelector(".status[role=status]");
if (told) setTimeout(() => { document.getElementById("said").textContent = told.innerText; }, 500);
// What is too wide scrolls by itself, and then with the arrow keys too.
const wide = new ResizeObserver((all) => {
  for (const { target } of all) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
});
for (const formula of document.querySelectorAll(".expression")) wide.observe(formula);

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "Escape" && field) { field.focus(); field.select(); }
  if (typing || event.ctrlKey || event.metaKey) return;
  if (event.key === "?") location.assign("/help#keys");
  const search = document.querySelector("input[type=search]");
  if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
});
