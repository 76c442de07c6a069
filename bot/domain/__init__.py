"""Pure values and rules: what a feed, an item, a reaction and an alert are, and what is decided about them."""
