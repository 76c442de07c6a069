"""Whether the analyst's time grows with the length of a text and no faster, on texts of every unkind shape.

    python benchmarks/any_text.py [--size 125000] [--only NAME]

Each shape is read at n, 2n, 4n and 8n characters (a megabyte at the end, by default). Shown are the seconds at n and what
each doubling multiplied them by: 2 is linear, 4 quadratic. Processor time, the best of three.
"""

from __future__ import annotations

import argparse
import random
from itertools import pairwise
from time import process_time

from bot.analysis.analyst import LexiconAnalyst
from bot.domain.items import Article
from bot.lexicons.lexicon import load

WORDS = """
Armenia Azerbaijan France Macron Baku Yerevan Aliyev Pashinyan NATO Russia Putin Georgia Iran Turkey the of and said that
condemned must stop talks “ ” ' ( ) , . : — who if not will to by
"""
SHAPES = {
    "one paragraph": "France condemned the attack by Azerbaijan on the town and ",
    "sentences": "France condemned the attack by Azerbaijan on the town. He urged Baku to stop. ",
    "quotations": "“Azerbaijan must stop,” said Emmanuel Macron. ",
    "quotations inside quotations": "“France said ‘Baku must “stop” now’ and ",
    "marks never closed": "“Azerbaijan must stop, said ‘Macron (and ",
    "only marks": "“ « ‘ \" ( [ ' ",
    "names": "Armenia, France, ",
    "names without commas": "Macron Putin Baku ",
    "names and and": "Armenia and France and ",
    "pronouns": "He said it. They said so. The minister condemned them. ",
    "one word": "a",
    "one word of letters and marks": "a-a'a.",
    "parentheses": "(",
    "parentheses that close": "(Baku) [Iran] ",
    "colons": "Macron: Baku: ",
    "dashes": "France — Baku — ",
    "full stops": ".",
    "question marks": "Baku? ",
    "emoji": "😀🇦🇲🏳️‍🌈 Baku ",
    "right to left": "قال ماكرون إن فرنسا تدين الهجوم ",
    "marks of direction": "\u202eBaku\u202c \u2066France\u2069 ",
    "NUL": "Ba\x00ku France\x00 ",
    "lone surrogates": "Baku \ud800 France \udfff ",
    "combining marks": "Bá́́kú ",
    "blank": " \u00a0\t",
    "lines": "Baku\n\n",
    "relative clauses": "France, which said that Baku, which said that ",
    "conditions": "if France condemned Baku, unless Iran denied it, ",
    "noun phrases": "the former deputy foreign minister of the republic of ",
    "infinitives": "Macron urged Baku to want to try to begin to ",
    "Russian": "Москва осудила нападение Баку и заявила, что ",
    "French": "La France a condamné l'attaque de Bakou et a dit que ",
    "figures": "12,000 3.5bn 2020 19 September ",
    "addresses": "https://example.org/a?b=c&d=e@f ",
}


def main() -> None:
    """Read each shape at four lengths and print the ratios."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--size", type=int, default=125_000, help="characters of the shortest text")
    arguments.add_argument("--only", default="", help="shapes whose name holds this")
    options = arguments.parse_args()
    analyst = LexiconAnalyst(load())
    chance = random.Random(7)
    shapes = {**SHAPES, "words by chance": " ".join(chance.choices(WORDS.split(), k=20_000)) + " "}
    print("| shape | s at n | 2n | 4n | 8n |\n|---|---|---|---|---|")
    for name, stretch in shapes.items():
        if options.only in name:
            times = [_seconds(analyst, stretch, options.size * factor) for factor in (1, 2, 4, 8)]
            ratios = " | ".join(f"× {later / earlier:.1f}" for earlier, later in pairwise(times))
            print(f"| {name} | {times[0]:.2f} | {ratios} |", flush=True)


def _seconds(analyst: LexiconAnalyst, stretch: str, size: int) -> float:
    text = (stretch * (size // len(stretch) + 1))[:size]
    article = Article(title="France condemns attack by Azerbaijan", content=text, language="en")
    best = float("inf")
    for _ in range(3):
        began = process_time()
        analyst.read(article)
        best = min(best, process_time() - began)
    return best


if __name__ == "__main__":
    main()
