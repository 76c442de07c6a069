"""What the bot does, verb by verb; it reaches the world through the Protocols in `ports` alone."""
