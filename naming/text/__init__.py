"""Unicode, tokens, folding, scripts, language: each question about text answered once."""
