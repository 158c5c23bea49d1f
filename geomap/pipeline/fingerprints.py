"""What results are known by: each fingerprint changes whenever a result of its kind could be another."""

from __future__ import annotations

from geomap.comparing.causes import CORRECTION, GAZETTEER, MODEL, SETTINGS
from geomap.config import USUAL
from geomap.gazetteer import open_gazetteer
from geomap.model import digest_texts
from geomap.pipeline.analyser import Analyser
from geomap.system.code_digests import digest_code

SIGNATURES = "geomap.duplicates.signing"
ADDITIONS = ("geomap.gazetteer.overlays.layered", "geomap.resolvers.outlet_settings")


def fingerprint_mentions(analyser: Analyser) -> str:
    """Return a digest of all that mentions depend on: the backends with their models and gazetteer, and limits.

    What overlays, outlet locations and corrections change in a single report is told by its impact digests.
    """
    own = (analyser.recognizer.fingerprint, analyser.resolver.fingerprint)
    most = analyser.mentions_per_report
    return digest_texts(own if most == USUAL.mentions_per_report else (*own, f"mentions_per_report={most}"))


def fingerprint_additions(analyser: Analyser) -> str:
    """Return a digest of what `Analyser.scan` depends on, or an empty string without overlays and sources."""
    sources = analyser.backends.sources
    if not analyser.overlays and not sources:
        return ""
    overlays = (overlay.digest for overlay in analyser.overlays)
    return digest_texts((digest_code(*ADDITIONS), fingerprint_mentions(analyser), *overlays, repr(sources)))


def fingerprint_corrections(analyser: Analyser) -> str:
    """Return a digest of what `Analyser.scan_corrections` depends on, or an empty string without wide corrections."""
    return analyser.corrections.fingerprint_wide()


def fingerprint_signatures() -> str:
    """Return a digest of the code that makes signatures."""
    return digest_code(SIGNATURES)


def fingerprint_causes(analyser: Analyser) -> dict[str, str]:
    """Return a digest of each thing that moves names when it changes, by what `geomap.comparing.causes` calls it."""
    gazetteer = open_gazetteer(analyser.overlays).fingerprint
    own = (analyser.recognizer.fingerprint, analyser.resolver.fingerprint)
    said = (
        repr((*each.key, each.action, each.place_id, each.latitude, each.longitude))
        for each in analyser.corrections.corrections
        if each.action != "is" or each.has_target  # the others say how a name is used, which moves none
    )
    return {
        CORRECTION: digest_texts(sorted(said)),
        GAZETTEER: digest_texts((gazetteer, *(overlay.digest for overlay in analyser.overlays))),
        MODEL: digest_texts(each.replace(gazetteer, "") for each in own),  # backends write it into their fingerprints
        SETTINGS: digest_texts((repr(analyser.backends.sources), str(analyser.mentions_per_report))),
    }
