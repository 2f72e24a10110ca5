"""Expression text to the tree as written (读式), by hand and in bounded time and depth.

Python's own parser is not used: its grammar differs between versions, it overflows on deep nesting, and its messages
speak of Python. The grammar is in docs/language/grammar.md; every refusal is a `SyntaxFault` with its place.
"""

from __future__ import annotations

from collections.abc import Callable

from huaying_governance.rules.limits import MAX_EXPRESSION, MAX_NESTING, MAX_NODES
from huaying_governance.rules.tokens import COMPARISONS, TRUTHS, SyntaxFault, Token, tokenize
from huaying_governance.rules.written import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Junction,
    Membership,
    Minus,
    Name,
    Negation,
    Number,
    Quoted,
    Truth,
    Written,
)


def parse(text: str) -> Written:
    """Return the tree of the expression `text`; raise `SyntaxFault` at the first place that is not one."""
    if len(text) > MAX_EXPRESSION:
        raise SyntaxFault("expression-too-long", 0, 1, limit=MAX_EXPRESSION)
    tokens = tokenize(text)
    if tokens[0].kind == "end":
        raise SyntaxFault("expression-empty", 0, max(1, len(text)))
    return _Parser(tokens).whole()


class _Parser:
    """Precedence climbing over the tokens; `depth` and `count` bound what it builds."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.count = 0

    def whole(self) -> Written:
        tree = self.choice()
        token = self.tokens[self.at]
        if token.kind != "end":
            raise SyntaxFault("expression-continues", token.start, token.end, word=token.text)
        return tree

    def choice(self) -> Written:
        self.enter()
        yes = self.junction("or")
        if self.word("if"):
            condition = self.junction("or")
            if not self.word("else"):
                raise self.expected("else")
            no = self.choice()
            yes = Choice(condition, yes, no, yes.start, no.end)
        self.depth -= 1
        return yes

    def enter(self) -> None:
        self.depth += 1
        self.count += 1
        token = self.tokens[self.at]
        if self.depth > MAX_NESTING:
            raise SyntaxFault("expression-too-deep", token.start, token.end, limit=MAX_NESTING)
        if self.count > MAX_NODES:
            raise SyntaxFault("expression-too-large", token.start, token.end, limit=MAX_NODES)

    def junction(self, word: str) -> Written:
        part = self.negation if word == "and" else lambda: self.junction("and")
        parts = [part()]
        while self.word(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(word, tuple(parts), parts[0].start, parts[-1].end)

    def negation(self) -> Written:
        token = self.tokens[self.at]
        if not self.word("not"):
            return self.comparison()
        self.enter()
        operand = self.negation()
        self.depth -= 1
        return Negation(operand, token.start, operand.end)

    def comparison(self) -> Written:
        first = self.sum()
        token = self.tokens[self.at]
        following = self.tokens[self.at + 1] if token.kind != "end" else token
        negated = token.text == "not" and token.kind == "word" and following.text == "in"
        if negated:
            self.at += 1
        if self.word("in"):
            values, end = self.list()
            return Membership(first, values, negated, first.start, end)
        rest: list[tuple[str, Written]] = []
        while self.tokens[self.at].kind == "mark" and self.tokens[self.at].text in COMPARISONS:
            self.at += 1
            rest.append((self.tokens[self.at - 1].text, self.sum()))
        return Comparison(first, tuple(rest), first.start, rest[-1][1].end) if rest else first

    def list(self) -> tuple[tuple[Written, ...], int]:
        if not self.mark("["):
            raise self.expected("[")
        values = [self.sum()]
        while self.mark(","):
            values.append(self.sum())
        if not self.mark("]"):
            raise self.expected("]")
        return tuple(values), self.tokens[self.at - 1].end

    def sum(self) -> Written:
        return self.chain(("+", "-"), self.term)

    def term(self) -> Written:
        return self.chain(("*", "/"), self.minus)

    def chain(self, marks: tuple[str, str], part: Callable[[], Written]) -> Written:
        left = part()
        while self.tokens[self.at].kind == "mark" and self.tokens[self.at].text in marks:
            operator = self.tokens[self.at].text
            self.at += 1
            self.enter()
            self.depth -= 1
            right = part()
            left = Arithmetic(operator, left, right, left.start, right.end)
        return left

    def minus(self) -> Written:
        token = self.tokens[self.at]
        if not self.mark("-"):
            return self.primary()
        self.enter()
        operand = self.minus()
        self.depth -= 1
        return Minus(operand, token.start, operand.end)

    def primary(self) -> Written:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "number":
            return Number(token.text, token.start, token.end)
        if token.kind == "text":
            return Quoted(token.text[1:-1], token.start, token.end)
        if token.kind == "name":
            return self.named(token)
        if token.kind == "mark" and token.text == "(":
            inner = self.choice()
            if not self.mark(")"):
                raise self.expected(")")
            self.refuse_suffix()
            return inner
        self.at -= 1
        raise self.expected("value")

    def named(self, token: Token) -> Written:
        if token.text in TRUTHS:
            return Truth(TRUTHS[token.text], token.start, token.end)
        if self.mark("("):
            arguments: list[Written] = []
            while not self.mark(")"):
                arguments.append(self.choice())
                if not self.mark(",") and self.tokens[self.at].text != ")":
                    raise self.expected(")")
            call = Call(token.text, tuple(arguments), token.start, self.tokens[self.at - 1].end, token.end)
            self.refuse_suffix()
            return call
        if self.mark("."):
            part = self.tokens[self.at]
            if part.kind != "name":
                raise self.expected("name")
            self.at += 1
            self.refuse_suffix()
            return Name(token.text, part.text, token.start, part.end)
        self.refuse_suffix()
        return Name("", token.text, token.start, token.end)

    def refuse_suffix(self) -> None:
        """Refuse attributes, subscripts and calls of what is not a known function."""
        token = self.tokens[self.at]
        if token.kind == "mark" and token.text in {".", "[", "("}:
            code = {".": "attribute", "[": "subscript", "(": "call-of-value"}[token.text]
            raise SyntaxFault(code, token.start, token.end)

    def word(self, text: str) -> bool:
        return self.step("word", text)

    def mark(self, text: str) -> bool:
        return self.step("mark", text)

    def step(self, kind: str, text: str) -> bool:
        token = self.tokens[self.at]
        if token.kind != kind or token.text != text:
            return False
        self.at += 1
        return True

    def expected(self, what: str) -> SyntaxFault:
        token = self.tokens[self.at]
        if token.kind == "end":
            return SyntaxFault("expression-ends", max(0, token.start - 1), token.start, what=what)
        return SyntaxFault("expression-expected", token.start, token.end, what=what, word=token.text)
