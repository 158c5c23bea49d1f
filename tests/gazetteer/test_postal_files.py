"""Of the rows of postal files only settlements count, under their names."""

import pytest

from geomap.gazetteer.compilation.postal_files import RULES, find_names


@pytest.mark.parametrize(
    ("country", "written", "names"),
    [
        ("TR", "Taraksu(Gölyurt)", ("Taraksu", "Gölyurt")),
        ("UA", "Нагірна (Нагірнянська сільська рада)", ("Nahirna", "Нагірна", "Nagornaya", "Нагорная")),
        ("RU", "Максимовка", ("Maksimovka", "Максимовка")),
        ("RU", "Майкоп 16", ()),
        ("RU", "А/Т Москва-Брянск", ()),
        ("MX", "El Río (Heyatzacoalco)", ("El Río", "Heyatzacoalco")),
        ("MX", "El Águila (Bloque 1508)", ("El Águila",)),
        ("MX", "Loma Bonita 2a. Sección", ()),
        ("IN", "SIMLAGARH", ("Simlagarh",)),
        ("IN", "Deogaon (Balangir)", ("Deogaon",)),
        ("IN", "Mahesana Railway Colony", ()),
        ("IN", "PTC Udhampur", ()),
        ("IN", "Gurgaon Sector 17", ()),
        ("PL", "Dąbrowa Bolesławiecka", ("Dąbrowa Bolesławiecka",)),
        ("PE", "Cp- 5", ()),
    ],
)
def test_offices_and_numbers_are_no_settlements(country: str, written: str, names: tuple[str, ...]) -> None:
    assert find_names(written, RULES[country]) == names
