"""What this package says to people, in English and French: one sentence for each code.

A code is what a program stores; the sentence is what a person reads. Sentences name events by their number in
the file and by dates, never by summary, guest or address, because they end up on screens, in mails and in logs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_SENTENCES: dict[str, tuple[str, str]] = {
    # Why a whole feed was refused.
    "empty_body": ("The answer was empty (0 bytes).", "La réponse était vide (0 octet)."),
    "web_page": (
        "The answer is a web page, not a calendar: the address may ask for a login.",
        "La réponse est une page web, pas un calendrier\u00a0: l’adresse demande peut-être une connexion.",
    ),
    "json": (
        "The answer is JSON data, not a calendar.",
        "La réponse contient des données JSON, pas un calendrier.",
    ),
    "not_a_calendar": (
        "The answer is not a calendar: it does not begin with BEGIN:VCALENDAR.",
        "La réponse n’est pas un calendrier\u00a0: elle ne commence pas par BEGIN:VCALENDAR.",
    ),
    "truncated": (
        "The calendar is cut off: its end is missing.",
        "Le calendrier est coupé\u00a0: la fin manque.",
    ),
    "unbalanced": (
        "The calendar is damaged: its BEGIN and END lines do not match.",
        "Le calendrier est abîmé\u00a0: ses lignes BEGIN et END ne correspondent pas.",
    ),
    "too_deep": (
        "The calendar is nested too deeply to be read safely.",
        "Le calendrier est trop imbriqué pour être lu sans risque.",
    ),
    "too_large": (
        "The calendar is larger than {limit} MiB.",
        "Le calendrier dépasse {limit} Mio.",
    ),
    "too_many_events": (
        "The calendar has more than {limit} events.",
        "Le calendrier contient plus de {limit} événements.",
    ),
    # What was not understood in a readable feed: the feed is partial.
    "partial": (
        "Some events could not be read; this calendar frees no night.",
        "Certains événements sont illisibles\u00a0; ce calendrier ne libère aucune nuit.",
    ),
    "no_start": (
        "Event {event} has no start date.",
        "L’événement {event} n’a pas de date de début.",
    ),
    "bad_start": (
        "Event {event} has a start that is not a date.",
        "Le début de l’événement {event} n’est pas une date.",
    ),
    "bad_end": (
        "Event {event} has an end that cannot be read: only its first night is blocked.",
        "La fin de l’événement {event} est illisible\u00a0: seule sa première nuit est bloquée.",
    ),
    "doubled": (
        "Event {event} has more than one start or end: the first of each is used.",
        "L’événement {event} a plusieurs débuts ou fins\u00a0: les premiers sont utilisés.",
    ),
    "hidden_event": (
        "A blank stands before the first line of an event and hides it.",
        "Un blanc précède la première ligne d’un événement et le cache.",
    ),
    "reversed": (
        "Event {event} ends before it begins.",
        "L’événement {event} finit avant de commencer.",
    ),
    "bad_rule": (
        "Event {event} repeats by a rule that is not understood: only its first date is blocked.",
        "L’événement {event} se répète selon une règle inconnue\u00a0: seule sa première date est bloquée.",
    ),
    "rule_too_long": (
        "Event {event} repeats too often to be followed: only its first date is blocked.",
        "L’événement {event} se répète trop souvent pour être suivi\u00a0: seule sa première date est bloquée.",
    ),
    "bad_extra_date": (
        "Event {event} has an added or excepted date that cannot be read.",
        "L’événement {event} a une date ajoutée ou exclue illisible.",
    ),
    "bad_instance": (
        "Event {event} replaces dates of a series that cannot be told: all stay blocked.",
        "L’événement {event} remplace des dates non identifiables d’une série\u00a0: toutes restent bloquées.",
    ),
    # Worth knowing; the nights are certain.
    "no_end": (
        "Event {event} has hours but no end: the night of its start is blocked.",
        "L’événement {event} a une heure mais pas de fin\u00a0: la nuit du début est bloquée.",
    ),
    "zero_length": (
        "Event {event} has no length: the night of its start is blocked.",
        "L’événement {event} n’a pas de durée\u00a0: la nuit du début est bloquée.",
    ),
    "floating": (
        "Event {event} names no time zone: that of the house is used.",
        "L’événement {event} n’indique pas de fuseau horaire\u00a0: celui de la maison est utilisé.",
    ),
    "unknown_zone": (
        "Event {event} names an unknown time zone: that of the house is used.",
        "L’événement {event} indique un fuseau horaire inconnu\u00a0: celui de la maison est utilisé.",
    ),
    "more": (
        "… and more of this sort: {count}.",
        "… et d’autres remarques de ce genre\u00a0: {count}.",
    ),
    # What reconciling has to tell the host.
    "suddenly_empty": (
        "The calendar is suddenly empty. Coming stays kept until this is confirmed: {lost}.",
        "Le calendrier est soudain vide. Séjours à venir gardés jusqu’à confirmation\u00a0: {lost}.",
    ),
    "mass_disappearance": (
        "{lost} of {known} coming stays have disappeared at once: they are kept until this is confirmed.",
        "{lost} séjours à venir sur {known} ont disparu d’un coup\u00a0; ils restent jusqu’à confirmation.",
    ),
    "maybe_echo": (
        "From {start} to {end} the calendar repeats, very likely, our own nights; look once whether it is a guest.",
        "Du {start} au {end}, le calendrier répète sans doute nos propres nuits\u00a0; vérifiez une fois.",
    ),
    "conflict": (
        "From {start} to {end} the room is taken twice: nothing was cancelled; please settle it.",
        "Du {start} au {end}, la chambre est prise deux fois\u00a0; rien n’a été annulé, à vous de trancher.",
    ),
    "stale": (
        "This calendar has not been read well for {hours} hours: what was sold there since is unknown here.",
        "Ce calendrier n’a pas été bien lu depuis {hours} heures\u00a0; ce qui s’y est vendu est inconnu ici.",
    ),
    "recovered": (
        "This calendar is read well again.",
        "Ce calendrier est de nouveau bien lu.",
    ),
    "fault": (
        "The calendar could not be read ({fault}).",
        "Le calendrier n’a pas pu être lu ({fault}).",
    ),
    # Addresses that are refused.
    "our_own": (
        "This is a calendar that this system serves itself: it would close its own nights for ever.",
        "C’est un calendrier que ce système sert lui-même\u00a0: il fermerait ses propres nuits pour toujours.",
    ),
    "sealed": (
        "The address was sealed with a key that this house has no more: enter it again.",
        "L’adresse a été scellée avec une clé que la maison n’a plus\u00a0: saisissez-la à nouveau.",
    ),
    "scheme": (
        "The address must begin with https://, http:// or webcal://.",
        "L’adresse doit commencer par https://, http:// ou webcal://.",
    ),
    "no_host": ("The address names no server.", "L’adresse n’indique aucun serveur."),
    "credentials": (
        "The address holds a password; use the secret address of the calendar instead.",
        "L’adresse contient un mot de passe\u00a0; utilisez plutôt l’adresse secrète du calendrier.",
    ),
    "malformed": ("The address is not well formed.", "L’adresse est mal formée."),
    "port": (
        "The address uses an unusual port; only 80 and 443 are read.",
        "L’adresse utilise un port inhabituel\u00a0; seuls 80 et 443 sont lus.",
    ),
    "not_public": (
        "The address leads to a private network, not to a public server.",
        "L’adresse mène à un réseau privé, pas à un serveur public.",
    ),
    "downgrade": (
        "The server sends us from a secure address to an insecure one.",
        "Le serveur nous renvoie d’une adresse sécurisée vers une adresse non sécurisée.",
    ),
    # Fetches that failed.
    "unknown_host": ("The server’s name is not known.", "Le nom du serveur est inconnu."),
    "unreachable": ("The server cannot be reached.", "Le serveur est injoignable."),
    "certificate": (
        "The server’s certificate is not valid.",
        "Le certificat du serveur n’est pas valable.",
    ),
    "timeout": (
        "The server did not answer completely within {limit} seconds.",
        "Le serveur n’a pas répondu en entier en {limit} secondes.",
    ),
    "too_much": (
        "The answer is larger than {limit} MiB.",
        "La réponse dépasse {limit} Mio.",
    ),
    "too_many_redirects": (
        "The server sends us on more than {limit} times.",
        "Le serveur nous renvoie plus de {limit} fois.",
    ),
    "cut_short": ("The answer was cut short.", "La réponse a été interrompue."),
    "bad_answer": (
        "The server’s answer cannot be understood.",
        "La réponse du serveur est incompréhensible.",
    ),
    "http_status": (
        "The server answered with error {status}.",
        "Le serveur a répondu par l’erreur {status}.",
    ),
}


def say(code: str, language: str = "en", /, **facts: object) -> str:
    """Say the sentence of a code in "fr", or in English for any other language.

    >>> say("http_status", "fr", status=404)
    'Le serveur a répondu par l’erreur 404.'

    Raises: KeyError for a code that nobody wrote down.
    """
    english, french = _SENTENCES[code]
    return (french if language == "fr" else english).format(**facts)


@dataclass(frozen=True, slots=True)
class Alert:
    """Hold something that the host should know: a code to store, and the facts of its sentence."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in _SENTENCES:
            raise ValueError(f"nobody wrote down what {self.code!r} says")

    def words(self, language: str = "en") -> str:
        """Say it in "fr", or in English.

        >>> Alert("http_status", {"status": 404}).words()
        'The server answered with error 404.'
        """
        return say(self.code, language, **self.facts)


def codes() -> frozenset[str]:
    """List every code that has a sentence."""
    return frozenset(_SENTENCES)
