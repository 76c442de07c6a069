"""Sample feeds by invented outlets, and a loopback server for them: what `communique demo` polls."""

from bot.demo.server import SampleFeed, SampleFeeds

__all__ = ["SampleFeed", "SampleFeeds"]
