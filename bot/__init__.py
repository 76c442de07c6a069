"""communiqué: a Discord bot that monitors diplomatic reactions to Nagorno-Karabakh."""

__version__ = "0.1.0"
