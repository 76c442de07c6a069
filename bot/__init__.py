"""communiqué: a Discord bot that monitors diplomatic reactions to Nagorno-Karabakh."""

from bot.compiled import attach

__version__ = "0.1.0"

attach()
