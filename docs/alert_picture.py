"""Draw what the bot posts as Discord shows it: `python docs/alert_picture.py > alert.html`, then a browser's screenshot.

    chromium --headless --screenshot=docs/alert.png --window-size=600,460 alert.html

The message is rendered by the bot itself; only Discord's markdown and its looks are redrawn here. Outlets and quotes
are made up.
"""

# ruff: noqa: INP001 - a script beside the documents, no package

from __future__ import annotations

import asyncio
import html
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord

from bot.discord.rendering import AlertRenderer, Rendered
from bot.domain.actors import ActorNames
from bot.domain.alerts import Alert, AlertMessage, Source, SourcedReaction, alert_id
from bot.domain.feeds import FeedKind
from bot.domain.items import Item
from bot.domain.reactions import Reaction, ReactionType, Tier
from bot.domain.subscriptions import Subscription
from bot.lexicons import actor_names

NOW = datetime(2023, 9, 19, 14, 20, tzinfo=UTC)
TITLE = "Paris denounces offensive in Nagorno-Karabakh, calls for urgent talks in New York"

STYLE = """
body { margin: 0; background: #313338; font: 16px/1.375 "gg sans", "Noto Sans", Arial, sans-serif; color: #dbdee1 }
body.light { background: #fff; color: #313338 }
.message { display: flex; gap: 16px; padding: 16px }
.avatar { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #4a6fa5; color: #fff; display: grid;
  place-items: center; font-weight: 700; font-size: 20px }
.name { color: #f2f3f5; font-weight: 500 } .light .name { color: #060607 }
.app { background: #5865f2; color: #fff; font-size: 10px; border-radius: 3px; padding: 1px 4px; margin: 0 4px;
  vertical-align: 2px }
.when { color: #949ba4; font-size: 12px }
.embed { background: #2b2d31; border-radius: 4px; border-left: 4px solid; padding: 10px 16px 14px 12px; margin-top: 4px;
  max-width: 432px; font-size: 14px; line-height: 1.3 }
.light .embed { background: #f2f3f5 }
.author { font-weight: 600; margin-top: 4px; color: #f2f3f5 } .light .author { color: #060607 }
.title { font-weight: 600; font-size: 16px; margin: 8px 0 } .title a, a { color: #00a8fc; text-decoration: none }
blockquote { margin: 2px 0; padding: 0 8px 0 12px; border-left: 4px solid #4e5058; border-radius: 4px }
.small { color: #949ba4; font-size: 12px; margin-top: 6px } .footer { color: #b5bac1; font-size: 12px; margin-top: 8px }
.field { margin-top: 8px } .field b { color: #f2f3f5 } .light .field b { color: #060607 }
.buttons { margin-top: 8px; display: flex; gap: 8px; flex-wrap: wrap }
.button { background: #4e5058; color: #fff; border-radius: 8px; padding: 6px 16px; font-size: 14px; font-weight: 500 }
code { background: #1e1f22; padding: 1px 4px; border-radius: 3px; font-size: 85% } .light code { background: #e3e5e8 }
"""


def sample() -> AlertMessage:
    """Return an alert as a reader would get it."""
    outlets = ("Le Quotidien du Rhône", "Ararat Wire", "Caspian Courier")
    item = Item(
        id="item",
        feed_id="feed",
        link="https://quotidien-du-rhone.example/monde/haut-karabakh",
        content_hash="",
        title=TITLE,
        language="en",
        outlet=outlets[0],
        published=NOW,
        first_seen_at=NOW,
        last_seen_at=NOW,
    )
    condemns = Reaction(
        id="r1",
        story_id="story",
        actor="FRA",
        type=ReactionType.CONDEMN,
        targets=("AZE",),
        role="foreign minister",
        quote="We condemn this use of force in the strongest terms; no pretext can excuse it.",
        evidence="“We condemn this use of force …”",
        tier=Tier.ALERT,
        first_reported_at=NOW,
        last_reported_at=NOW + timedelta(minutes=40),
        reports=3,
        outlets=outlets,
        languages=("en", "fr"),
    )
    calls = replace(
        condemns,
        id="r2",
        type=ReactionType.REQUEST_MEETING,
        targets=("UNSC",),
        role=None,
        quote=None,
        evidence="Paris asked for an urgent meeting of the Security Council.",
    )
    support = replace(
        condemns,
        id="r3",
        actor="EU",
        type=ReactionType.CALL_CEASEFIRE,
        role="High Representative",
        quote="The fighting must stop now, so that the people of Karabakh can be helped.",
    )
    source = Source(
        item_id=item.id,
        outlet=item.outlet,
        kind=FeedKind.INDEPENDENT,
        title=TITLE,
        link=item.link,
        language="en",
        published=NOW,
    )
    reactions = tuple(SourcedReaction(reaction=each, sources=(source,)) for each in (condemns, calls, support))
    alert = Alert(
        id=alert_id("subscription", "item", ("r1", "r2", "r3")),
        subscription_id="subscription",
        channel_id="1",
        item_id="item",
        story_id="story",
        reactions=("r1", "r2", "r3"),
        created_at=NOW,
        next_attempt_at=NOW,
    )
    subscription = Subscription(id="subscription", channel_id="1", created_by="1", created_at=NOW)
    return AlertMessage(
        alert=alert, subscription=subscription, item=item, kind=FeedKind.INDEPENDENT, reactions=reactions
    )


def page(embeds: list[discord.Embed], buttons: list[str], *, light: bool = False) -> str:
    """Return a page that shows a message of the bot."""
    shown = "".join(embed_html(embed) for embed in embeds)
    row = "".join(f'<span class="button">{html.escape(label)}</span>' for label in buttons)
    return (
        f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><body class="{"light" if light else ""}">'
        '<div class="message"><div class="avatar">c</div><div><span class="name">communiqué</span>'
        f'<span class="app">APP</span><span class="when">19/09/2023 14:24</span>{shown}<div class="buttons">{row}</div>'
        "</div></div>"
    )


def embed_html(embed: discord.Embed) -> str:
    """Return an embed as HTML."""
    colour = f"#{embed.colour.value:06x}" if embed.colour else "#1e1f22"
    parts = [f'<div class="embed" style="border-color:{colour}">']
    if embed.author.name:
        parts.append(f'<div class="author">{html.escape(embed.author.name)}</div>')
    if embed.title:
        title = inline(embed.title)
        parts.append(f'<div class="title">{f"<a>{title}</a>" if embed.url else title}</div>')
    parts.append(block(embed.description or ""))
    parts.extend(
        f'<div class="field"><b>{inline(field.name or "")}</b>{block(field.value or "")}</div>'
        for field in embed.fields
    )
    when = f"{embed.timestamp:%d/%m/%Y %H:%M}" if embed.timestamp else ""
    footer = " • ".join(part for part in (html.escape(embed.footer.text or ""), when) if part)
    parts.append(f'<div class="footer">{footer}</div></div>')
    return "".join(parts)


def block(text: str) -> str:
    """Return Discord's block markdown as HTML: quotations, small print, lists, lines."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("> "):
            lines.append(f"<blockquote>{inline(line[2:])}</blockquote>")
        elif line.startswith("-# "):
            lines.append(f'<div class="small">{inline(line[3:])}</div>')
        elif line.startswith("- "):
            lines.append(f"<div>• {inline(line[2:])}</div>")
        else:
            lines.append(f"<div>{inline(line) or '&nbsp;'}</div>")
    return "".join(lines).replace("</blockquote><blockquote>", "<br>")


def inline(text: str) -> str:
    """Return Discord's inline markdown as HTML."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(html.escape(match.group(1)))
        return f"\0{len(kept) - 1}\0"

    shown = html.escape(re.sub(r"\\([^0-9A-Za-z\s])", keep, text), quote=False)
    shown = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", shown)
    shown = re.sub(r"`([^`]+)`", r"<code>\1</code>", shown)
    shown = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"<a>\1</a>", shown)
    shown = re.sub(
        r"&lt;t:(\d+):\w&gt;", lambda match: f"{datetime.fromtimestamp(int(match[1]), UTC):%d %B %Y %H:%M}", shown
    )
    return re.sub("\0(\\d+)\0", lambda match: kept[int(match[1])], shown)


async def rendered(message: AlertMessage, names: ActorNames) -> Rendered:
    """Return the message as the bot would send it; discord.py makes views in a running loop alone."""
    return AlertRenderer(names).render(message)


def main() -> None:
    """Print the page."""
    shown = asyncio.run(rendered(sample(), actor_names()))
    labels = [child.label or "" for child in shown.view.children if isinstance(child, discord.ui.Button)]
    sys.stdout.write(page([shown.embed], labels, light="--light" in sys.argv))


if __name__ == "__main__":
    main()
