"""What all tests share. Its place puts this folder on the import path: helpers are in `making.py`."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

# A loaded machine is no reason to fail: time bounds are asserted where they are meant.
settings.register_profile("cccheck", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("cccheck")


@pytest.fixture(scope="session")
def rules():
    """The built-in rulebook."""
    from making import rulebook

    return rulebook()
