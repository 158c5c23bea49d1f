from __future__ import annotations

import pytest
from contract import EngineContract

from geomap.engines.base import Engine
from geomap.engines.inline import InlineEngine


class TestInlineEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        return InlineEngine()
