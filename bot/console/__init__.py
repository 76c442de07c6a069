"""The terminal: the same alerts and digests, for a bot without a token."""
