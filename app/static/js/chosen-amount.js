/* Repeat the chosen amount on the button that carries it on: "Continue with 72 €". The form works without. */
for (const button of document.querySelectorAll("button[data-with-amount]")) {
  const name = () => {
    const amount = button.form.querySelector(".rung:has(:checked) .rung__amount");
    if (amount) button.textContent = button.dataset.withAmount.replace("{amount}", amount.textContent);
  };
  button.form.addEventListener("change", name);
  name();
}
