"""How good the names are on labelled cases, and whether a change makes them better."""
