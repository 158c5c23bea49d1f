"""Places of overlays weigh as much as they would in the embedded gazetteer."""

import numpy as np
import pytest

from geomap.gazetteer.compilation.draft import DraftPlace
from geomap.gazetteer.compilation.importance import importance
from geomap.gazetteer.layout import IMPORTANCE_UNIT
from geomap.gazetteer.overlays.weighing import is_in_counties, weigh_places


@pytest.mark.parametrize("country", ["GB", "IE", "US"])
def test_counties_weigh_what_they_weigh_in_the_embedded_gazetteer(country: str) -> None:
    first = np.zeros(1, np.uint16)
    in_counties = is_in_counties([country], first)
    (weight,) = weigh_places(["A.ADM2"], first, np.zeros(1, np.uint32), in_counties=in_counties, least=0.8)
    place = DraftPlace("County", 0, 0, "A", "ADM2", country_code=country)
    assert weight == round(importance(place) * IMPORTANCE_UNIT)
