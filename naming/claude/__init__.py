"""The only room that knows Claude.

What it is told, how it is called, and how much of it is believed or borne.
"""
