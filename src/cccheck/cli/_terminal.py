"""Text for the terminal: see `cccheck.plain`."""

from cccheck.plain import clean

__all__ = ["clean"]
