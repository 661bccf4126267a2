"""What ends a run early."""


class Stopped(Exception):
    """The work cannot go on until a person mends something; the message says what."""
