"""Names of Ukraine and Russia as reports in Latin letters and in Russian write them."""

import pytest

from geomap.gazetteer.compilation.cyrillic import in_russian, romanise_russian, romanise_ukrainian


@pytest.mark.parametrize(
    ("name", "romanised"),  # from the table of the resolution, and from the official site of the register
    [
        ("Алушта", "Alushta"),
        ("Борщагівка", "Borshchahivka"),
        ("Ґалаґан", "Galagan"),
        ("Єнакієве", "Yenakiieve"),
        ("Згурський", "Zghurskyi"),
        ("Розгон", "Rozghon"),
        ("Їжакевич", "Yizhakevych"),
        ("Кадиївка", "Kadyivka"),
        ("Йосипівка", "Yosypivka"),
        ("Знам’янка", "Znamianka"),
        ("Щербухи", "Shcherbukhy"),
        ("Нова Юр'ївка", "Nova Yurivka"),
        ("Івано-Яблунівка", "Ivano-Yablunivka"),
        ("Ковельське-над-Бугом", "Kovelske-nad-Buhom"),
    ],
)
def test_ukrainian_names_are_romanised_by_the_official_table(name: str, romanised: str) -> None:
    assert romanise_ukrainian(name) == romanised


@pytest.mark.parametrize(
    ("name", "romanised"),
    [
        ("Белгород", "Belgorod"),
        ("Алексеевка", "Alekseyevka"),
        ("Ельня", "Yelnya"),
        ("Подъезд", "Podyezd"),
        ("Щёлково", "Shchelkovo"),
        ("Новый Оскол", "Novyy Oskol"),
        ("Объячево", "Obyachevo"),
        ("Юрьев-Польский", "Yuryev-Polskiy"),
    ],
)
def test_russian_names_are_romanised_by_the_table_of_bgn_and_pcgn(name: str, romanised: str) -> None:
    assert romanise_russian(name) == romanised


@pytest.mark.parametrize(
    ("ukrainian", "russian"),
    [
        ("Новомихайлівка", "Новомихайловка"),
        ("Олександрівка", "Александровка"),
        ("Андріївка", "Андреевка"),
        ("Кам’янка", "Каменка"),
        ("Нова Прага", "Новая Прага"),
        ("Великі Сорочинці", "Великие Сорочинцы"),
        ("Верхнє", "Верхнее"),
        ("Вільне", "Вольное"),
        ("Балабине", "Балабино"),
        ("Бірюкове", "Бирюково"),
        ("Білогорівка", "Белогоровка"),
        ("Білопілля", "Белополье"),
        ("Первомайське", "Первомайское"),
        ("Лук’янівка", "Лукьяновка"),
        ("Піски", "Пески"),
    ],
)
def test_russian_forms_follow_the_usual_correspondences(ukrainian: str, russian: str) -> None:
    assert in_russian(ukrainian) == russian
