"""What every resolver keeps to; its test module calls this."""

from __future__ import annotations

from geomap.model import Mention, Report
from geomap.resolvers.base import Resolver


def check_resolver(resolver: Resolver) -> None:
    """Fail where the resolver breaks the contract of `geomap.resolvers.base.Resolver`."""
    assert resolver.fingerprint
    assert resolver.resolve(Report("r", ""), []) == []
    text = "Shelling hit Kharkiv and Xqzzwy on Monday."
    known = Mention(13, 20, "Kharkiv", usage="associative", usage_probability=0.3, probability=0.5)
    mentions = [known, Mention(25, 31, "Xqzzwy")]
    first, second = resolver.resolve(Report("r", text), mentions)
    assert [(each.start, each.end, each.text) for each in (first, second)] == [(13, 20, "Kharkiv"), (25, 31, "Xqzzwy")]
    assert first.place is not None
    assert (first.usage, first.usage_probability) == ("associative", 0.3)
    assert first.place.country_code == "UA"
    assert 0 < first.confidence <= 0.5  # what the recognizer doubts stays in doubt
    assert all(other.confidence <= 1 for other in first.alternatives)
    assert (second.place, second.confidence, second.alternatives) == (None, 0.0, ())
    assert resolver.resolve(Report("r", text), mentions) == [first, second]
