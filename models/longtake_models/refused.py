"""What a command says instead of a trace."""


class Refused(Exception):
    """It cannot be done as it was asked; the message names what is missing and what to do."""
