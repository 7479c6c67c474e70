"""The office's door: the prices and how they are governed, the balance of the house, the solidarity fund."""

from app.web.office import balance, codes, comparing, drafts, fund, messages, prices, publishing
from app.web.office.door import office

__all__ = ["balance", "codes", "comparing", "drafts", "fund", "messages", "office", "prices", "publishing"]
