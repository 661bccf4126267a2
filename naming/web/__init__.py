"""The door for programs: HTTP, and nothing but HTTP."""
