"""The live map: its components, the values it is drawn from, and its wires in the browser."""
