"""cccheck: do the sites that republish a Creative Commons article keep to its licence?"""

__version__ = "0.1.0"
