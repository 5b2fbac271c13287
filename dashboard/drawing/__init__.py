"""What every drawing of the page is made of: SVG text, the room that words take, places for labels, and scales."""
