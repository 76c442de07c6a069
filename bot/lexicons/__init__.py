"""What the analyst knows, as data that is extended without Python; and the loader that validates it."""

from bot.lexicons.lexicon import actor_names, load

__all__ = ["actor_names", "load"]
