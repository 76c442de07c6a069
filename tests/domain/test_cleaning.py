"""Whatever a feed calls text becomes text."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.cleaning import MAX_PASSES, clean, clean_line, without_trailer, wording

# Pieces that meet in feeds, and in attacks on whoever reads them.
_PIECES = st.sampled_from(
    [
        "Yerevan", " ", "\n", "\n\n", "\r\n", "<", ">", "&", ";", "&amp;", "&lt;", "&gt;", "&quot;", "&#60;", "&#x3c;", "&nbsp;",
        "<p>", "</p>", "<br>", "<br/>", "<b>", "</b>", "<a href='x'>", '<a href="x', "<script>", "</script>", "<style>",
        "<![CDATA[", "]]>", "<!--", "-->", "\u00a0", "\u200b", "\u202e", "\ufeff", "\u2028", "\u2029", "\x00", "\x1e", "\x85",
        "и\u0306", "e\u0301", "\ud800", "…", "[…]", "Continue reading", "amp;", "lt;", "#38;", "İ", "ß", "<td>", "<x:y>", "i>",
    ]
)  # fmt: skip
_TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=30).map("".join))


@given(_TEXTS)
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned


@given(_TEXTS)
def test_cleaned_text_holds_nothing_unseen_and_only_plain_spaces(text: str) -> None:
    cleaned = clean(text)
    assert not set(cleaned) & set("\x00\x07\x1e\x7f\x85\u00a0\u200b\u200e\u202e\u2066\u2028\ufeff\r\t\ud800")
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert "\n\n\n" not in cleaned
    assert "\n" not in cleaned.replace("\n\n", "")
    cleaned.encode("utf-8")


@given(st.text(alphabet="абвгдеabcde .,!?'\"0123456789", max_size=200))
def test_plain_words_survive_in_their_order(text: str) -> None:
    assert clean(text).split() == text.split()


@given(title=_TEXTS, summary=_TEXTS, content=_TEXTS)
@example(title="", summary="<\r\r:", content="0")
def test_wording_of_a_wording_is_the_same(title: str, summary: str, content: str) -> None:
    first = wording(title=title, summary=summary, content=content)
    assert wording(title=first.title, summary=first.summary, content=first.content) == first


def test_an_entry_without_words_has_no_title() -> None:
    for content in ("", "<<P>:", "<p></p>"):
        assert wording(title="", content=content).title == ""


def test_a_summary_whose_first_line_is_only_marks_leaves_the_title_to_the_content() -> None:
    assert wording(title="", summary="<\n\n:", content="Yerevan is calm.").title == "Yerevan is calm."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Baku denies it.</p><p>Yerevan insists.</p>", "Baku denies it.\n\nYerevan insists."),
        ("A <b>ground</b> opera<i>tion</i>", "A ground operation"),
        ("Paris&nbsp;— “a&#8239;ceasefire”", "Paris — “a ceasefire”"),
        ("AT&amp;amp;T &amp;quot;said&amp;quot;", 'AT&T "said"'),
        ("&lt;p&gt;Escaped twice.&lt;/p&gt;", "Escaped twice."),
        ("<script>alert('x')</script>Text<style>p{}</style>", "Text"),
        ("<script>never closed", "never closed"),
        ("3 < 5 and x<y and a<b and c>d", "3 < 5 and x<y and a<b and c>d"),
        ("he wrote <redacted> there", "he wrote <redacted> there"),
        ("<![CDATA[Held <em>back</em>]]>", "Held back"),
        ("Seen<!-- not this -->here", "Seenhere"),
        ('<img alt="a > b" src="x">after', "after"),
        ("<td>12</td><td>killed</td>", "12 killed"),
        ("<li>one</li><li>two</li>", "one\n\ntwo"),
        ("It ended, <br>they said.<br>Baku disagreed.", "It ended, they said.\n\nBaku disagreed."),
        ("wrapped\nat eighty\n\nnew paragraph", "wrapped at eighty\n\nnew paragraph"),
        ("over\u202eturned\u200b zero", "overturned zero"),
        ("вои\u0306ны", "войны"),
        ('cut in the <a href="https://example.org/wor', "cut in the"),
        ("&#0; &#xD800; &#1114112; &bogus; &copy", "\ufffd \ufffd \ufffd &bogus; &copy"),
        ("&#147;old quotes&#148;", "“old quotes”"),
        ("<o:p>Word</o:p> <custom-tag>x</custom-tag>", "Word x"),
        ("", ""),
        ("   ", ""),
    ],
)  # fmt: skip
def test_text_is_what_a_reader_sees(written: str, read: str) -> None:
    assert clean(written) == read


def test_escaping_of_escaping_ends_however_deep_it_goes() -> None:
    deep = "&" + "amp;" * 500 + "lt;b&" + "amp;" * 500 + "gt;bold"
    assert clean(deep) == "bold"


def test_text_made_to_keep_changing_is_stopped() -> None:
    """Each pass uncovers one more tag; after the last allowed pass no markup is left to uncover."""
    nested = "<b" * 3 * MAX_PASSES + ">" * 3 * MAX_PASSES
    cleaned = clean("<<b>" * 40 + "b>" * 40 + nested)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "hostile",
    ["<" * 60_000, '<a "' * 30_000, "<script>" * 20_000, "<!--" * 30_000, "&amp;" * 50_000, "<br>" * 30_000, "\n " * 50_000,
     "<a b=" * 30_000, " \x1e" * 50_000, "<p " * 40_000, "[…" * 40_000, "<![CDATA[" * 20_000, "<a href='" * 20_000],
)  # fmt: skip
def test_cleaning_takes_time_by_length_not_by_its_square(hostile: str) -> None:
    """Twice the text must not cost much more than twice the steps: measured on the processor, with a wide margin."""
    import time

    def cost(text: str) -> float:
        started = time.process_time()
        clean(text)
        return time.process_time() - started

    half = min(cost(hostile[: len(hostile) // 4]) for _ in range(3))
    assert cost(hostile) < max(half, 0.005) * 14


def test_titles_are_one_line() -> None:
    assert clean_line("<h1>Talks\n\nin <b>Brussels</b></h1><p>today</p>") == "Talks in Brussels today"


def test_summary_that_the_content_tells_is_left_out() -> None:
    said = wording(title="Talks", summary="<p>They met.</p>", content="<p>They met.</p><p>They parted.</p>")
    assert (said.summary, said.content) == ("", "They met.\n\nThey parted.")


def test_summary_cut_by_its_length_is_known_in_the_content() -> None:
    start = "The two ministers met for the first time since the spring, in a room without flags or cameras"
    said = wording(title="Talks", summary=start + ", and sp…", content=f"<p>{start}, and spoke for two hours.</p>")
    assert said.summary == ""


def test_summary_that_says_something_else_stays() -> None:
    said = wording(title="Talks", summary="Analysis by our editor.", content="They met.")
    assert (said.summary, said.content) == ("Analysis by our editor.", "They met.")


def test_entry_that_repeats_its_title_has_a_title_only() -> None:
    said = wording(title="Baku: no comment", summary="Baku: No comment.", content="")
    assert (said.title, said.summary, said.content) == ("Baku: no comment", "", "")


def test_entry_without_title_is_named_by_its_first_sentence() -> None:
    said = wording(title="", summary="<p>Paris convened the Council. It meets on Thursday.</p>")
    assert said.title == "Paris convened the Council."
    assert said.summary.startswith("Paris convened")


def test_long_first_sentence_is_cut_between_words() -> None:
    title = wording(title="", summary="word " * 100).title
    assert len(title) <= 160
    assert title.endswith("word…")


@pytest.mark.parametrize(
    "trailer",
    [
        "The post Talks appeared first on Example Times.",
        "Continue reading Talks in Brussels",
        "Read more",
        "[…]",
        "… [+1234 chars]",
        "Lire la suite",
    ],
)
def test_what_blogging_software_appends_is_no_text(trailer: str) -> None:
    assert without_trailer(f"They met in Brussels. {trailer}") == "They met in Brussels."


def test_trailer_words_inside_a_text_stay() -> None:
    text = "“Read more than the headline,” she said.\n\nNobody did."
    assert without_trailer(text) == text
