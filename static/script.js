// Makes quicker what already works without it: the live answer, the keypad at the cursor, a few keys.
const field = document.getElementById("expression");
const preview = document.getElementById("preview");

function insert(text) {
  const { selectionStart: start, selectionEnd: end } = field;
  if (text === "⌫") field.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
  else field.setRangeText(text, start, end, "end");
  field.focus();
  field.dispatchEvent(new Event("input"));
}

if (field && preview) {
  let waiting, asking;
  field.addEventListener("input", () => {
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
  document.addEventListener("click", (event) => {
    const key = event.target.closest("button[name=press]");
    if (key) { event.preventDefault(); insert(key.value); }
  });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "Escape" && field) { field.focus(); field.select(); }
  if (event.key === "/" && !typing) {
    const search = document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
  }
});
