"""The sentences for a child, by language; gaps in braces are filled by plainly.py."""

ONE_NIGHT = {
    "fr": "Vous dormez ici une nuit, et elle vous coûte {amount}.",
    "en": "You sleep here for one night, and it costs you {amount}.",
}
EACH_NIGHT = {
    "fr": "Vous dormez ici {count}\u00a0nuits. Chaque nuit vous coûte {each}\u00a0: {amount} en tout.",
    "en": "You sleep here for {count} nights. Each night costs you {each}: {amount} in all.",
}
NIGHTS = {
    "fr": "Vous dormez ici {count}\u00a0nuits\u00a0: {parts}. Cela fait {amount} en tout.",
    "en": "You sleep here for {count} nights: {parts}. That makes {amount} in all.",
}
NIGHTS_AT = {"fr": "{count}\u00a0nuits à {each}", "en": "{count} nights at {each}"}
NIGHT_AT = {"fr": "une nuit à {each}", "en": "one night at {each}"}
AND = {"fr": " et ", "en": " and "}
IN_ALL = {
    "fr": "Vous dormez ici {count}\u00a0nuits et vous payez {amount} en tout.",
    "en": "You sleep here for {count} nights and pay {amount} in all.",
}
HOUSE_ONE = {
    "fr": "Cette nuit coûte {cost} à la maison.",
    "en": "This night costs the house {cost}.",
}
HOUSE_MANY = {
    "fr": "Ces nuits coûtent {cost} à la maison.",
    "en": "These nights cost the house {cost}.",
}
TOGETHER = {
    "fr": "Chacun paie selon ses moyens, et tous ensemble, cela suffit.",
    "en": "Everyone pays according to their means, and together it is enough.",
}
OTHERS = {
    "fr": "D’autres paient {aided} à votre place\u00a0: il vous reste {left} à payer.",
    "en": "Others pay {aided} for you: {left} is left for you to pay.",
}
