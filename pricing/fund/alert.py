"""An empty fund: a word to the manager alone. It refuses no guest and changes no price."""

from dataclasses import dataclass

from pricing.fund.ledger import Ledger
from pricing.money import Money
from pricing.words import amount, check_language

LOW = {
    "fr": (
        "La caisse de solidarité est à sec\u00a0: il y manque {missing} pour atteindre {least}. Les séjours déjà "
        "convenus ne changent pas et personne n’est refusé\u00a0; une subvention, des dons ou la prochaine grille "
        "peuvent la remplir."
    ),
    "en": (
        "The solidarity fund has run dry: {missing} are missing to reach {least}. Stays already agreed do not change "
        "and nobody is refused; a grant, gifts or the next grid can fill it."
    ),
}


@dataclass(frozen=True, slots=True)
class FundAlert:
    """Hold how far the fund is below the least that the house wants in it."""

    balance: Money
    least: Money

    @property
    def missing(self) -> Money:
        """Return what would bring it back to the least."""
        return self.least - self.balance

    def sentence(self, language: str) -> str:
        """Say it to the manager, and what may be done. Raises: UnknownLanguage."""
        text = LOW[check_language(language)]
        return text.format(missing=amount(self.missing, language), least=amount(self.least, language))


def alert_of(ledger: Ledger, *, least: Money | None = None) -> FundAlert | None:
    """Return an alert when the fund holds less than the least (nothing, unless the house says otherwise)."""
    wanted = Money.zero(ledger.currency) if least is None else least
    return FundAlert(ledger.balance, wanted) if ledger.balance < wanted else None
