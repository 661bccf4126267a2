"""Scoring the chain on labelled cases: how good the names are, and whether a change makes them better."""
