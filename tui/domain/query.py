"""The one query language of search, filter, saved views, alerts, commands and exports: text to a tree.

    country:PL actor:RU object:uav since:7d -exercise "no-fly zone" OR (event:shootdown publishers:>=3)

Side by side is AND; `OR` or `|` is weaker; `-` or `NOT` is not; commas in a value are or. Linear in the text.
"""

from collections.abc import Callable, Iterator

from tui.domain.query_leaf import QueryError, QueryProblem, Token, field_leaf, wrong
from tui.domain.query_tree import All, AnyOf, Not, Part, Words

LONGEST_QUERY = 2000
"""Characters; a longer query is an error, not a shorter query."""

MOST_TERMS = 64
DEEPEST = 16
"""Brackets and NOTs within each other."""

_STOPS = frozenset('()|"')
_SIGNS = {"(": "(", ")": ")", "|": "or"}


def parse_query(text: str) -> Part | QueryProblem:
    """The tree, or what is wrong and where; an empty text asks for everything."""
    try:
        return _tree(text)
    except QueryError as error:
        return error.problem


def _tree(text: str) -> Part:
    if len(text) > LONGEST_QUERY:
        said = f"a query has at most {LONGEST_QUERY:,} characters"
        raise QueryError(QueryProblem(LONGEST_QUERY, len(text), said, "shorten it"))
    tokens = list(_tokens(text))
    if len(tokens) == 1 and text.strip():
        raise QueryError(
            QueryProblem(0, len(text), "there is no word in this", "type letters or digits, or take it out")
        )
    terms = [token for token in tokens if token.kind in {"word", "phrase", "field"}]
    if len(terms) > MOST_TERMS:
        raise wrong(terms[MOST_TERMS], f"a query has at most {MOST_TERMS} terms", "take some out")
    return _Parser(tokens).whole()


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        letter = text[at]
        if letter.isspace():
            at += 1
            continue
        token = _token(text, at)
        if token is not None:
            yield token
            at = token.end
        else:
            at += 1
    yield Token("end", "", len(text), len(text))


def _token(text: str, at: int) -> Token | None:
    letter = text[at]
    if letter in _SIGNS:
        return Token(_SIGNS[letter], letter, at, at + 1)
    if letter == '"':
        return _phrase(text, at)
    if letter == "-":
        stands_before = at + 1 < len(text) and not text[at + 1].isspace()
        return Token("not", letter, at, at + 1) if stands_before else None
    return _bare(text, at)


def _bare(text: str, at: int) -> Token:
    """A word, an operator written as one, or a field."""
    end = _end_of_bare(text, at)
    word = text[at:end]
    if word in {"OR", "AND", "NOT"}:
        return Token(word.lower(), word, at, end)
    name, colon, rest = word.partition(":")
    if colon and name.isascii() and name.replace("_", "").isalpha() and not rest.startswith("//"):
        return _field_token(text, at, name)
    return Token("word", word, at, end)


def _phrase(text: str, at: int) -> Token:
    """Up to the next quotation mark, or to the end: somebody is still typing."""
    end = text.find('"', at + 1)
    inside = text[at + 1 : end] if end >= 0 else text[at + 1 :]
    return Token("phrase", inside.strip(), at, end + 1 if end >= 0 else len(text))


def _end_of_bare(text: str, at: int, stops: frozenset[str] = _STOPS) -> int:
    while at < len(text) and not text[at].isspace() and text[at] not in stops:
        at += 1
    return at


def _field_token(text: str, at: int, name: str) -> Token:
    """A field with its values: bare or quoted, commas between."""
    end = at + len(name) + 1
    values: list[Token] = []
    while True:
        if text.startswith('"', end):
            value = _phrase(text, end)
        else:
            stop = _end_of_bare(text, end, _STOPS | {","})
            value = Token("word", text[end:stop], end, stop)
        values.append(value)
        end = value.end
        if not text.startswith(",", end):
            return Token("field", name, at, end, tuple(values))
        end += 1


class _Parser:
    """Recursive descent over the tokens; bounded in depth."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Part:
        if self._next.kind == "end":
            return All()
        tree = self._any_of()
        if self._next.kind != "end":
            raise wrong(self._next, "this bracket closes nothing", "take it out, or quote it")
        return tree

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _any_of(self) -> Part:
        parts = [self._all()]
        while self._next.kind == "or":
            self._take()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all(self) -> Part:
        parts: list[Part] = [self._one()]
        while self._next.kind not in {"end", ")", "or"}:
            if self._next.kind == "and":
                self._take()
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Part:
        token = self._take()
        if token.kind == "not":
            return Not(self._deeper(token, self._one))
        if token.kind == "(":
            inside = self._deeper(token, self._any_of)
            if self._next.kind == ")":  # one still being typed closes at the end
                self._take()
            return inside
        if token.kind == "field":
            return field_leaf(token)
        if token.kind in {"word", "phrase"}:
            if not any(letter.isalnum() for letter in token.text):
                raise wrong(token, "there is no word in this", "type letters or digits, or take it out")
            return Words(token.text, phrase=token.kind == "phrase")
        if token.kind in {"or", "and"}:
            raise wrong(
                token, f"{token.text} stands between two things", f'to find the word, write "{token.text}"'
            )
        if token.kind == ")":
            raise wrong(token, "this bracket closes nothing", "take it out, or quote it")
        before = self._tokens[max(0, self._at - 2)]
        raise wrong(before, f"something is missing after {before.text}", "go on, or take it out")

    def _deeper(self, token: Token, read: Callable[[], Part]) -> Part:
        self._depth += 1
        if self._depth > DEEPEST:
            raise wrong(token, f"more than {DEEPEST} brackets within each other", "write it flatter")
        try:
            return read()
        finally:
            self._depth -= 1
