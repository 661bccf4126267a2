"""The only room that knows Claude: what it is told, how it is called, and what of it is borne."""
