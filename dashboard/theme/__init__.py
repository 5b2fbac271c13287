"""How things look: the one place where a colour, a texture or a shape is decided."""
