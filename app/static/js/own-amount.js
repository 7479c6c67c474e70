/* Whoever writes an amount of their own has chosen it, and whoever picks a row has dropped it. The form works without. */
for (const form of document.querySelectorAll("form[data-price]")) {
  const amount = form.elements.amount;
  const other = form.querySelector("#rung-other");
  amount.addEventListener("input", () => {
    if (amount.value.trim()) other.checked = true;
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name === "rung" && target !== other) amount.value = "";
  });
}
