/* Say how many nights the two dates make, and keep the departure after the arrival. The form works without. */
const DAY = 86_400_000;

function dayAfter(date) {
  return new Date(date.getTime() + DAY).toISOString().slice(0, 10);
}

for (const form of document.querySelectorAll("form[data-stay]")) {
  const arrival = form.elements.arrival;
  const departure = form.elements.departure;
  const echo = form.querySelector("[data-nights]");

  const tell = () => {
    const [from, until] = [arrival.valueAsDate, departure.valueAsDate];
    if (!echo) return;
    const nights = from && until ? Math.round((until - from) / DAY) : 0;
    echo.hidden = nights < 1;
    echo.textContent = nights === 1 ? form.dataset.oneNight : form.dataset.manyNights.replace("{n}", nights);
  };

  // Never while somebody types into the departure: a new limit makes the browser forget the digits typed so far.
  const limit = () => {
    if (arrival.value) departure.min = dayAfter(arrival.valueAsDate);
  };

  const followArrival = () => {
    const [from, until] = [arrival.valueAsDate, departure.valueAsDate];
    limit();
    if (from && until && until <= from) departure.value = dayAfter(from);
    tell();
  };

  arrival.addEventListener("change", followArrival);
  departure.addEventListener("change", tell);
  limit();
  tell();
}
