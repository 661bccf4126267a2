"""Scoring the chain on labelled cases.

How good the names are, and whether a change makes them better.
"""
