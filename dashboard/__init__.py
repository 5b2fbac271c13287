"""What a person sees: the page, its map, its strip, its texts and its files."""
