/* Count which amount is meant for a household, on this device: the fields have no names and are never sent. */
const FIRST = 10, GROWN_UP = 5, CHILD = 3; // tenths of a consumption unit

/* Read an income as people write it, in cents; NaN when it cannot be read. The signs \s and . and , may part thousands. */
function readIncome(text) {
  const bare = text.replace(/[\s€'’]/g, "");
  const [, whole, cents = ""] = /^(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(?:[.,](\d{1,2}))?$/.exec(bare) ?? [];
  return whole === undefined ? NaN : Number(whole.replace(/\D/g, "")) * 100 + Number(cents.padEnd(2, "0"));
}

for (const finder of document.querySelectorAll("[data-finder]")) {
  const [income, grown, small] = finder.querySelectorAll("input");
  const answer = finder.querySelector("[data-answer]");
  const rows = [...finder.parentElement.querySelectorAll("[data-landmarks] tbody tr")];

  const count = () => {
    const cents = readIncome(income.value);
    const units = FIRST + GROWN_UP * (Math.max(1, grown.valueAsNumber || 1) - 1) + CHILD * (small.valueAsNumber || 0);
    const standard = (cents * 10) / units;
    const row = Number.isNaN(cents) ? null : rows.find((line) => !line.dataset.edge || standard < Number(line.dataset.edge));
    rows.forEach((line) => line.classList.toggle("is-mine", line === row));
    if (row) answer.textContent = answer.dataset.answer.replace("{amount}", row.querySelector("th").textContent);
    else answer.textContent = income.value.trim() ? answer.dataset.unread : "";
  };

  finder.hidden = false;
  finder.addEventListener("input", count);
}
