"""Feeds on the network: fetched politely, parsed out of harm's way."""
