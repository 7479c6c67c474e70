/* Whoever writes an amount of their own has chosen it: tick the row that says so. The form works without. */
for (const form of document.querySelectorAll("form[data-price]")) {
  const amount = form.elements.amount;
  const other = form.querySelector("#rung-other");
  amount.addEventListener("input", () => {
    if (amount.value.trim()) other.checked = true;
  });
}
