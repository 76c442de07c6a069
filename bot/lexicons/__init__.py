"""What the analyst knows, as data that is extended without Python; and the loader that validates it."""
