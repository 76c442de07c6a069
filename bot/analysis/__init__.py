"""The analyst: text to statements to reactions. Pure; knows lexicons, no feeds, no Discord."""
