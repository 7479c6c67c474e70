/* Draw the draft again a moment after somebody has stopped typing. Without script a button does the same. */
const PAUSE = 600;
const preview = document.querySelector("#preview");
const status = document.querySelector("[data-looked]");

for (const form of document.querySelectorAll("form[data-look]")) {
  let waiting;
  let asked = 0;

  const look = async () => {
    const mine = ++asked;
    const answer = await fetch(form.dataset.look, { method: "POST", body: new FormData(form) });
    if (!answer.ok || mine !== asked) return;
    preview.innerHTML = await answer.text();
    status.textContent = status.dataset.looked;
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
}
