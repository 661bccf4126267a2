"""Run the command line: `python -m naming`."""

from naming.cli import run

run()
