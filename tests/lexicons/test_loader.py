"""Loading: what a user's folder adds, what is refused and how, and the cache."""

import os
from pathlib import Path

import pytest

from bot.analysis.text import tokenize
from bot.domain.errors import LexiconInvalid
from bot.lexicons import cache as cache_module
from bot.lexicons.cache import keep_compiled, load_compiled
from bot.lexicons.loader import load_gazetteer, load_topics


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_user_file_extends_an_actor(user_folder: Path) -> None:
    write(user_folder, "actors/mine.toml", '[FRA.en]\nname = ["Gaul"]\n')
    mentions = load_gazetteer(user_folder).find(tokenize("Gaul and France"), None, "en")
    assert [(mention.code, mention.name) for mention in mentions] == [("FRA", "France"), ("FRA", "France")]


def test_user_file_replaces_an_actor_when_it_says_so(user_folder: Path) -> None:
    write(user_folder, "actors/mine.toml", '[FRA]\nreplace = true\n[FRA.en]\nname = ["Gaul"]\n')
    mentions = load_gazetteer(user_folder).find(tokenize("Gaul and France"), None, "en")
    assert len(mentions) == 1


def test_user_file_replaces_a_person(user_folder: Path) -> None:
    write(
        user_folder,
        "actors/mine.toml",
        '[[person]]\nname = "Ilham Aliyev"\noffices = [{ actor = "TUR", role = "guest", since = 2001-01-01 }]\n',
    )
    (mention,) = load_gazetteer(user_folder).find(tokenize("Ilham Aliyev"))
    assert (mention.code, mention.role) == ("TUR", "guest")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[FRA]\nnme = 'x'\n", "“nme” is not known here"),
        ("[fra]\nname = 'x'\n", "written in capitals"),
        ("[QQQ.en]\nname = ['x']\n", "“name” must be a text"),
        ("[FRA.en]\nname = 'France'\n", "“name” must be a list"),
        ("[FRA.en]\nname = [3]\n", "a form is a text, or a list of six texts"),
        ("[FRA.ru]\nname = [['a', 'b']]\n", "a form is a text, or a list of six texts"),
        ("[FRA.xx]\nname = ['x']\n", "“xx” is not known here"),
        ("[[person]]\nforms = ['x']\n", "“name” must be a text"),
        ("[[person]]\nname = 'A B'\noffices = [{actor='FRA', role='x'}]\n", "an office begins some day"),
        (
            "[[person]]\nname = 'A B'\noffices = [{actor='FRA', role='x', since=2020-01-02, until=2020-01-01}]\n",
            "before it begins",
        ),
        ("[[person]]\nname = 'A B'\noffices = [{actor='FRA', role='x', since='2020'}]\n", "must be a day"),
        ("[[group]]\ncode = 'FRA'\nname = 'x'\n", "the code of a group"),
        ("[[group]]\ncode = 'NGO'\nname = 'x'\n", "at least one form"),
        ("[[namesake]]\ncode = 'FRA'\nforms = ['x']\nsigns = ['y']\n", "examples"),
        ("not toml", "is not TOML"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_file_and_remedy(user_folder: Path, text: str, complaint: str) -> None:
    write(user_folder, "actors/mine.toml", text)
    with pytest.raises(LexiconInvalid) as refused:
        load_gazetteer(user_folder)
    assert "mine.toml" in str(refused.value)
    assert complaint in str(refused.value)


def test_entry_is_named_in_a_complaint(user_folder: Path) -> None:
    write(user_folder, "actors/mine.toml", "[[person]]\nname = 'A B'\nofices = []\n")
    with pytest.raises(LexiconInvalid, match="person “A B”"):
        load_gazetteer(user_folder)


def test_file_that_is_not_utf8_is_refused(user_folder: Path) -> None:
    (user_folder / "actors" / "mine.toml").write_bytes(b"[FRA]\nname = '\xff'\n")
    with pytest.raises(LexiconInvalid, match="not UTF-8"):
        load_gazetteer(user_folder)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("id = 'x'\nname = 'x'\n[strong]\nen = ['x']\n", "a topic proves itself"),
        ("id = 'x'\nname = 'x'\n[examples]\nfires=['x']\nnot_fires=['y']\n", "something it is told by"),
        ("id = 'x'\nname = 'x'\n[strong]\nen = ['*']\n", "found everywhere"),
        ("id = 'x'\nname = 'x'\n[strng]\nen = ['x']\n", "“strng” is not known here"),
        ("id = 'x'\nname = 'x'\n[[dated]]\nen = ['x']\n[strong]\nen=['y']\n", "needs the days"),
    ],
)
def test_topic_that_cannot_be_meant_is_refused(user_folder: Path, text: str, complaint: str) -> None:
    write(user_folder, "topics/mine.toml", text)
    with pytest.raises(LexiconInvalid, match=complaint) as refused:
        load_topics(user_folder)
    assert "mine.toml" in str(refused.value)


def test_cached_gazetteer_finds_what_the_compiled_one_finds(tmp_path: Path) -> None:
    text = tokenize("Russia's Lavrov warned Armenia and the EU")
    first = load_gazetteer(cache=tmp_path).find(text)
    assert list(tmp_path.glob("*.lexicon"))
    assert load_gazetteer(cache=tmp_path).find(text) == first == load_gazetteer().find(text)


def test_changed_source_is_not_read_from_the_cache(user_folder: Path, tmp_path: Path) -> None:
    write(user_folder, "actors/mine.toml", '[FRA.en]\nname = ["Gaul"]\n')
    assert load_gazetteer(user_folder, cache=tmp_path / "c").find(tokenize("Gaul"))
    write(user_folder, "actors/mine.toml", '[FRA.en]\nname = ["Gallia"]\n')
    assert not load_gazetteer(user_folder, cache=tmp_path / "c").find(tokenize("Gaul"))


def test_damaged_cache_is_made_again(tmp_path: Path) -> None:
    load_gazetteer(cache=tmp_path)
    (kept,) = tmp_path.glob("*.lexicon")
    kept.write_bytes(kept.read_bytes()[:-7])
    assert load_gazetteer(cache=tmp_path).find(tokenize("France"))


def test_cache_that_others_may_write_is_not_believed(tmp_path: Path) -> None:
    keep_compiled(tmp_path, "k", {"a": 1})
    assert load_compiled(tmp_path, "k") == {"a": 1}
    (tmp_path / "k.lexicon").chmod(0o666)
    assert load_compiled(tmp_path, "k") is None


def test_cache_folder_that_cannot_be_made_is_no_failure(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert load_gazetteer(cache=blocked / "cache").find(tokenize("France"))


def test_default_cache_follows_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path))
    assert cache_module.default_cache_dir() == tmp_path / "communique"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_module.default_cache_dir().is_absolute()
