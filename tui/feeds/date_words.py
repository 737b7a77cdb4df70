"""Names of months and time zones as feeds write them."""

from datetime import timedelta
from functools import lru_cache

# January to December, one row a language; Slavic, Baltic, Finnish and Greek dates use the genitive.
_MONTHS = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
jänner feber mrz apr mai juni juli aug sept okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
januar februar mars april mai juni juli august september oktober november desember
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня
януари февруари март април май юни юли август септември октомври ноември декември
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
ledna února března dubna května června července září října listopadu prosince
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
január február március április május június július augusztus szeptember október november december
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
"""
_NAMES = [[name.casefold() for name in row.split()] for row in _MONTHS.strip().splitlines()]
_EXACT = {name: number for row in reversed(_NAMES) for number, name in enumerate(row, 1)}
_ENGLISH = {name[:3]: number for number, name in enumerate(_NAMES[0], 1)}


@lru_cache(maxsize=512)
def month_number(word: str) -> int | None:
    """1 to 12 for a month's name or the beginning of one, in some thirty languages; None when it is no month."""
    name = word.casefold()
    exact = _ENGLISH.get(name) or _EXACT.get(name)
    if exact or len(name) < 3:
        return exact
    candidates = {number for row in _NAMES for number, full in enumerate(row, 1) if full.startswith(name)}
    return candidates.pop() if len(candidates) == 1 else None


# Names that several zones share mean what RFC 822 says, else what most feeds that use them mean.
_ZONES = {
    0: "UTC GMT UT Z WET UCT",
    60: "CET MEZ BST WEST WAT",
    120: "CEST MESZ EET SAST CAT",
    180: "EEST MSK FET TRT EAT IDT",
    210: "IRST",
    240: "GST AZT GET AMT SAMT MSD",
    270: "AFT IRDT",
    300: "PKT UZT YEKT TMT",
    330: "IST",
    345: "NPT",
    360: "BDT ALMT OMST",
    390: "MMT",
    420: "ICT WIB KRAT NOVT",
    480: "HKT SGT MYT PHT AWST IRKT WITA ULAT",
    540: "JST KST YAKT WIT",
    570: "ACST",
    600: "AEST VLAT CHST",
    630: "ACDT",
    660: "AEDT SRET",
    720: "NZST PETT",
    780: "NZDT",
    -150: "NDT",
    -180: "BRT ART ADT UYT CLST",
    -210: "NST",
    -240: "AST EDT CLT VET BOT GYT",
    -300: "EST CDT COT PET ECT",
    -360: "CST MDT",
    -420: "MST PDT",
    -480: "PST AKDT",
    -540: "AKST",
    -600: "HST",
}
_OFFSETS = {name: timedelta(minutes=minutes) for minutes, names in _ZONES.items() for name in names.split()}


def zone_offset(name: str) -> timedelta | None:
    """Offset from UTC of a zone's short name, east positive; None when it is not known."""
    return _OFFSETS.get(name.upper())
