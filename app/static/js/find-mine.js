/* Count which amount is meant for a household, on this device: the fields have no names and are never sent. */
const FIRST = 10, GROWN_UP = 5, CHILD = 3; // tenths of a consumption unit

for (const finder of document.querySelectorAll("[data-finder]")) {
  const [income, grown, small] = finder.querySelectorAll("input");
  const answer = finder.querySelector("[data-answer]");
  const rows = [...finder.parentElement.querySelectorAll("[data-landmarks] tbody tr")];

  const count = () => {
    const cents = Number(income.value.replace(/[^\d]/g, "")) * 100;
    const units = FIRST + GROWN_UP * (Math.max(1, grown.valueAsNumber || 1) - 1) + CHILD * (small.valueAsNumber || 0);
    const standard = (cents * 10) / units;
    const row = rows.find((line) => !line.dataset.edge || standard < Number(line.dataset.edge));
    rows.forEach((line) => line.classList.toggle("is-mine", Boolean(income.value) && line === row));
    answer.textContent = income.value ? answer.dataset.answer.replace("{amount}", row.querySelector("th").textContent) : "";
  };

  finder.hidden = false;
  finder.addEventListener("input", count);
}
