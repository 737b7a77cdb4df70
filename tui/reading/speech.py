"""Who speaks, and whose envoys are spoken to."""

from tui.reading.scene import Sentence

ENVOYS = (
    "ambassad", "envoy", "charge", "diplomat", "attache", "botschafter", "gesandt", "geschaftstrager", "zaakgelastigd", "gezant",
    "sandebud", "sendebud", "embaj", "embaix", "negocios", "ambasciat", "d'affari", "ambasad", "afaceri", "ambasador",
    "pasiuntin", "pasuntin", "patiketin", "vestniek", "pilnvarot", "suurlahett", "lahettil", "asiainhoit", "suursaadik", "saadik",
    "saatkon", "asjur", "посол", "посла", "послу", "послом", "послы", "послов", "поверен", "повірен", "дипломат", "амбасад",
    "πρεσβ", "επιτετραμμεν", "διπλωματ", "elci", "buyukelci", "maslahatguzar", "سفير", "السفير", "بالاعمال", "دبلوماسي",
    "كاردار", "ديپلمات", "שגריר", "השגריר", "לשגריר", "דיפלומט", "הדיפלומט", "נספח", "大使", "公使", "臨時代理大使", "外交官",
    "代辦", "代办", "使節", "使节", "대사", "공사", "대리대사", "외교관",
)  # fmt: skip
"""Beginnings of the words for those who stand for their state abroad."""

_SAYS = ("says", "said", "say", "reports", "reported", "confirms", "confirmed", "detains", "records", "logs", "counts", "officials",
         "becomes", "believe", "cites", "cited", "tallies", "tallied", "заяв", "сообщ", "повідом", "poinformowa", "informuje", "meldet", "melder", "rapporter",
         "denunci", "annonce", "teata", "pranes", "ilmoit", "uppger", "bekraft", "sager", "sier", "podal", "przekaza",
         "anunt", "confirm", "bevestig", "meldt", "zegt")  # fmt: skip
_CJK_SAYS = (
    "称",
    "稱",
    "说",
    "說",
    "表示",
    "通報",
    "通报",
    "證實",
    "证实",
    "発表",
    "と発表",
    "는 ",
    "“",
    "「",
)


def says(text: str, end: int, sentence: Sentence) -> bool:
    """Whether the name that ends there is followed, in its clause, by a word for saying, or closes the title."""
    tail = text[end : min(end + 40, sentence.end)]
    for word in tail.split(",")[0].split(";")[0].split()[:4]:
        if word.startswith(_SAYS):
            return True
    return tail.startswith(_CJK_SAYS)
