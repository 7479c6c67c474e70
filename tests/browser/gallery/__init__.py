"""Every page of the house and the way to it, so that none can be forgotten when they are looked at."""

from tests.browser.gallery.channels import CHANNELS
from tests.browser.gallery.conflicts import CONFLICTS
from tests.browser.gallery.desk import DESK
from tests.browser.gallery.errors import ERRORS
from tests.browser.gallery.guest import GUEST
from tests.browser.gallery.office import OFFICE
from tests.browser.gallery.platform_stays import PLATFORM_STAYS
from tests.browser.gallery.shots import Shot

SHOTS = (*GUEST, *DESK, *CONFLICTS, *CHANNELS, *PLATFORM_STAYS, *OFFICE, *ERRORS)

__all__ = ["SHOTS", "Shot"]
