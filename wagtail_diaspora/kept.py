"""What keeps its letters in a text that is put into the other script.

`KEPT` keeps Latin letters in a Serbian Cyrillic text, `ADDRESSES` whatever they are written in.
Units stay by SI. `KM` is Serbian and becomes `КМ`; currency codes of ISO 4217 stay. Foreign abbreviations
that are spelt out stay (UNDP), those read as a word do not (УНИЦЕФ); UNESCO has
another letter there, and stays.
"""

import re

__all__ = ["ADDRESSES", "KEPT"]

_LOWER, _UPPER = "a-zčćđšž", "A-ZČĆĐŠŽ"
_DOMAINS = (
    "ba|rs|hr|me|si|mk|at|de|ch|se|no|dk|nl|be|fr|it|es|pl|hu|uk|ca|au|tr|com|org|net|eu|gov|int|edu|info|tv"
    "|срб"
)
_FILES = "pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv|xml|json|zip|rar|jpe?g|png|gif|webp|heic|svg|mp[34]|wav"
_ROMAN = "M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_COUNTED = (
    r"razred|sjednic|korpus|kvartal|polugodišt|stepen|(?:kol[oau]|(?:lig|zon|faz)[aeiu])\b"
    r"|krajišk\w+\s(?:korpus|brigad|divizij)|svjetsk\w+\srat"
)
_UNIT = (
    "(?:[kcdmµ]?m|[kmµ]g|t|ha|[hdcm]?l|[kMG]?Wh?|kWp|[kM]?V|kVA|[kMG]?Hz|[kM]Pa|kN|dB|kJ|kcal"
    "|[kKMGT]B|[kMG]b(?:it)?|h|min)(?:[²³]|(?<=m)[23])?"
)
_GAP = r"(?:\s|&\#?\w+;)?"

_ABBREVIATIONS = (
    "AI|API|AVIF|BIC|CD|CIEC|CSV|DJ|DVD|FTP|GIF|GPS|HEIC|HTML|HTTPS?|IBAN|ID|IPv[46]|ISO|JPE?G|JSON|LCD|MMS|PDF|PNG"
    "|QR|SMS|SSL|URL|USB(?:-[A-C])?|UTC|XML|BAM|EUR|USD|CHF|GBP|RSD|SEK|NOK|DKK|UNDP|UNESCO|UNHCR|USAID|USA|EBRD|GIZ|ILO|IMF|IOM"
    "|OECD|OSCE|BBC|CNN|GmbH|Ltd|LLC|Inc|pH"
)
_NAMES = (
    "airbnb|apple|bluetooth|chrome|cloud|covid|django|facebook|feedback|firefox|github|gmail|google|hashtag|icloud"
    "|instagram|ios|ipad|iphone|linkedin|mastercard|messenger|microsoft|netflix|outlook|paypal|smart|snapchat|threads"
    "|tiktok|twitter|viber|wagtail|webinar|youtube|western[ ]union|zoom"
    "|baden-württemberg|mecklenburg-vorpommern|nordrhein-westfalen|rheinland-pfalz|sachsen-anhalt|schleswig-holstein"
)
_ENDING = "(?:[aeu]|om|ov(?:[aeiou]|i(?:h|ma?)|o[gjm])?)?"
_WORDS = (
    "check-in|drive|e-?mail|fair[ -]play|freelance|know-how|leasing|live|low-cost|maps|meet"
    "|newsletter|offline|online|open[ -]air|open[ -]source|stand-up|start-?up|stream|teams|wi-?fi"
)
# Letters that no Serbian word has beside each other; small ones, since SSSR and RSS are abbreviations.
_FOREIGN = (
    r"[qwxyQWXY]|ff|ll|gg|cc|kk|(?<!\b[Nn]u)zz|(?<!nje)ck\b|(?<!zastu)pp|(?<![Tt]ran)(?<!\b[Pp])ss|(?<!vakuu)(?<!\b[Oo])mm|(?<!\b[PpVv]a)nn|tt(?!r|o[mn]|is)"
    r"|[Ss]ch|ght|[Cc]h(?!ajm)|(?<!kr)ation|\b[Tt]h[aeiour]|(?![ČčĆćĐđŠšŽž])[À-ÖØ-öø-ɏ]"
)

_ADDRESSES = rf"""
    # addresses, files, handles
      \b[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}
    | \b(?:https?|ftp)://[^\s<>"]+ | \bwww\.[^\s<>"]+
    | \bt\.me/[^\s<>"]+
    | (?<![\w.-])(?:[\w-]{{2,63}}\.){{1,8}}(?:{_DOMAINS}|{_DOMAINS.upper()})\b(?:/[^\s<>"]*)?
    | (?<![\w.-])[\w.-]{{1,100}}\.(?i:{_FILES})\b | (?<![\w.])\.(?:{_FILES})\b
    | (?<![\w&])[@\#]\w+(?:\.\w+)* | \b\w+_\w+\b
"""
ADDRESSES = re.compile(_ADDRESSES, re.VERBOSE)
KEPT = re.compile(
    rf"""{_ADDRESSES}
    # units
    | (?<=\d)(?<!\b19\d\d)(?<!\b20\d\d){_GAP}g\b
    | (?<=\d){_GAP}{_UNIT}(?:/(?:{_UNIT}|s[²2]?))?(?!\w) | (?<=\d){_GAP}s\b(?=\s*(?:[.,;:)]|$))
    | \b{_UNIT}/(?:{_UNIT}|s[²2]?)(?!\w) | \b[kcdm]?m[²³] | °[CF]\b
    | \b(?:[kcm]m|kg|kWh?|MWh?|GWh|kV|[kMG]Hz|[kMGT]B)\b
    | &\#?\w+;
    # codes
    | \b[A-Z]{{2}}\d{{2}}(?:\s?[A-Z0-9]{{2,4}}){{3,8}}\b
    | (?<![\w-])[A-Z0-9]{{3}}(?:-[A-Z0-9]{{3}}){{2}}(?![\w-])
    | (?<![\w-])(?!\d+-?[A-C]\b|\d+-[{_UPPER}]{{2,3}}(?![\w-]))
      (?=[{_UPPER}0-9-]*\d)(?=[{_UPPER}0-9-]*[{_UPPER}])[{_UPPER}0-9-]{{2,}}\b
    | \b[A-Z][A-Za-z]*[₀-₉]+
    # Roman numerals: "LI" and "MI" in capitals, and "I" where a sentence begins, are words
    | \b(?=[IVX]+\b){_ROMAN}(?<=\w)\b(?=\.?\s(?i:{_COUNTED}))
    | \b(?!(?<=[{_UPPER}]\s)[LM]I\b)(?![LM]I\s[{_UPPER}]{{2}})(?=[IVXLCDM]{{2,}}\b){_ROMAN}(?<=\w)\b
    | (?<=[{_LOWER}]\s)I\b(?!\.\s?[{_UPPER}]) | \bI(?=\s?[-–]\s?[IVX]+\b|(?:,|\si)\s[IVX]+\b)
    | \b[IVX](?=\.\s[{_LOWER}]) | \b[VX]\b(?!\.\s?[{_UPPER}]|\))
    # foreign names and words
    | \b(?:{_ABBREVIATIONS})\b | \b(?i:(?:{_NAMES}){_ENDING}|(?:{_WORDS}))\b
    | \be\.{_GAP}V\. | \bSt\.\s[A-Z]\w+ | &(?:amp;)?\sCo\b\.?(?:\sKG\b)?
    | \b(?:Pfizer|Saint|Sankt)-[A-ZÀ-Þ]\w+
    | \b[A-Z]\w+\s(?:of|the|and|und|für)\s(?:the\s)?[A-Z]\w+
    | \b\w*[a-z]{{2}}[A-Z][a-z]\w*
    | \b(?![Ww]eb(?:[aue]|om)?\b)(?=\w*(?:{_FOREIGN}))\w+
    """,
    re.VERBOSE,
)
