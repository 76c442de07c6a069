"""Discord: what readers see and type."""
