"""The wires: they read the state, call one pure function and return its named parts."""
