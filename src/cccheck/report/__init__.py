"""The reports: one module per format. Each reads a run's journal and writes one file or table; none judges."""
