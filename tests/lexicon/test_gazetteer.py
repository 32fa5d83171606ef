"""Places are found by all their names, and the compiled file is made once, whole, and again when a source changes."""

from __future__ import annotations

import pickle
import re
import tomllib
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import pytest

from onrecord.lexicon import gazetteer_build
from onrecord.lexicon.gazetteer import Gazetteer, Place, check_extra, distance, open_gazetteer, prominence
from onrecord.lexicon.gazetteer_sources import KINDS, countries, supplement
from onrecord.model.errors import DataError


def names(places: tuple[Place, ...]) -> list[tuple[str, str]]:
    return [(place.name, place.country) for place in places]


def test_the_same_name_comes_with_the_most_prominent_first(few: Gazetteer) -> None:
    assert names(few.commonly("Ardun")) == [("Ardun", "DE"), ("Ardun town", "SY"), ("Ardun Governorate", "SY")]


def test_old_names_are_spelt_so_but_not_common(few: Gazetteer) -> None:
    assert names(few.spelt("Ardunum")) == [("Ardun town", "SY")]
    assert few.commonly("Ardunum") == ()
    assert few.known("ardunum")


def test_names_that_sound_alike_come_last_and_only_where_names_are_transliterated(few: Gazetteer) -> None:
    assert names(few.lookup("Karibat")) == [("Qaribat", "SY")]
    assert not few.known("Karibat")
    assert ("Ardun", "DE") not in names(few.lookup("Ardoon"))


def test_a_name_that_nothing_has_gives_nothing(few: Gazetteer) -> None:
    assert few.lookup("Zzyzx") == ()
    assert few.lookup("") == ()
    assert few.lookup("–") == ()


def test_an_acronym_wants_its_capitals(few: Gazetteer) -> None:
    assert few.known("UA")
    assert few.known("U.A.")
    assert not few.known("ua")


def test_a_rough_point_gives_way_to_that_of_geonames(few: Gazetteer) -> None:
    place = few.place("geonames:11")
    assert place is not None
    assert (place.name, place.point, place.rough, place.population, place.admin1) == (
        "Ardun town", (40.0, 35.0), False, 9_000, "04",
    )  # fmt: skip


def test_a_sure_point_of_ours_stands(few: Gazetteer) -> None:
    place = few.place("geonames:13")
    assert place is not None
    assert place.point == (41.02, 36.02)


def test_a_place_knows_what_it_lies_in_and_a_bracket_is_no_part_of_its_name(few: Gazetteer) -> None:
    assert [place.within for place in few.lookup("North Quarter")] == ["geonames:11"]
    assert names(few.lookup("Lake Ardun")) == [("Lake Ardun", "")]


def test_countries_are_found_by_code(few: Gazetteer) -> None:
    land = few.country("SY")
    assert land is not None
    assert (land.name, land.kind, land.geonames) == ("Syria", "country", 163843)
    assert few.country("QQ") is None


def test_places_near_a_point_come_nearest_first(few: Gazetteer) -> None:
    near = few.near((40.0, 35.0), 8.0)
    assert [place.name for place in near] == ["Ardun town", "Union of Ardun", "North Quarter"]


def test_a_gazetteer_is_pickled_by_its_path(few: Gazetteer) -> None:
    other = pickle.loads(pickle.dumps(few))
    assert other.lookup("Velm") == few.lookup("Velm")
    other.close()


def test_it_is_compiled_once_and_leaves_nothing_else_behind(few: Gazetteer) -> None:
    made = few.path.stat().st_mtime_ns
    open_gazetteer(cache=few.path.parent).close()
    assert few.path.stat().st_mtime_ns == made
    assert list(few.path.parent.iterdir()) == [few.path]


def test_several_may_compile_it_at_once(few: Gazetteer, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: open_gazetteer(cache=tmp_path / "other"), range(4)))
    assert {gazetteer.path.name for gazetteer in made} == {few.path.name}
    assert all(gazetteer.known("Velm") for gazetteer in made)
    assert len(list((tmp_path / "other").iterdir())) == 1
    for gazetteer in made:
        gazetteer.close()


def test_the_cache_folder_may_be_named(few: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "named"))
    with_env = open_gazetteer()
    assert with_env.path == tmp_path / "named" / few.path.name
    with_env.close()


# --------------------------------------------------------------------------------------------------- users' files

_REST = "SY\t\t04\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01"
_LINE = f"99\tArdun Hills\tArdun Hills\tTel Ardun,تل\t35.5\t40.5\tT\tHLL\t{_REST}"
_WELL = f"98\tArdun Well\tArdun Well\t\t35.5\t40.5\tH\tWLL\t{_REST}"


def test_a_users_toml_adds_places(few: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[SY]\n"Base Nine" = { lat = 35.2, lon = 40.2, kind = "facility", within = "Velm" }\n', "utf-8")
    assert check_extra(path) == 1
    more = open_gazetteer([path], cache=few.path.parent)
    assert more.path != few.path
    assert [(p.key, p.within) for p in more.lookup("Base Nine")] == [("onrecord:sy-base-nine", "geonames:13")]
    more.close()


def test_a_users_place_stands_for_the_one_that_it_is(few: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[SY]\n"Ardun" = { lat = 35.01, lon = 40.02, kind = "town", aliases = ["Old Ardun"] }\n', "utf-8")
    [before] = [p for p in few.lookup("Arduun") if p.country == "SY"]
    more = open_gazetteer([path], cache=few.path.parent)
    for name in ("Ardun", "Arduun", "Ardunum", "Old Ardun"):
        [place] = [p for p in more.spelt(name) if p.country == "SY" and p.kind == "town"]
        assert (place.key, place.name, place.point) == (before.key, "Ardun", (40.02, 35.01))
        assert place.population == before.population
    assert [p.within for p in more.lookup("North Quarter")] == [before.key]
    more.close()


def test_a_users_file_does_not_compile_the_whole_again(
    few: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteer_build, "towns", lambda: pytest.fail("the towns were read again"))
    path = tmp_path / "mine.toml"
    path.write_text('[SY]\n"Base Nine" = { lat = 35.2, lon = 40.2, kind = "facility" }\n', "utf-8")
    more = open_gazetteer([path], cache=few.path.parent)
    assert more.known("Base Nine")
    assert more.known("Velm")
    more.close()


def test_old_files_do_not_pile_up(few: Gazetteer, tmp_path: Path) -> None:
    for number in range(8):
        path = tmp_path / f"{number}.toml"
        path.write_text(f'[SY]\n"Base" = {{ lat = 35.{number}, lon = 40.2, kind = "facility" }}\n', "utf-8")
        more = open_gazetteer([path], cache=few.path.parent)
        more.close()
        assert more.path.exists()
        assert len(list(few.path.parent.iterdir())) <= 4


def test_compiling_is_told_and_a_folder_that_cannot_be_written_is_named(
    few: Gazetteer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="onrecord"):
        open_gazetteer(cache=tmp_path / "new").close()
    assert "Preparing the gazetteer" in caplog.text
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(DataError, match="ONRECORD_CACHE"):
        open_gazetteer(cache=tmp_path / "file" / "cache")


def test_a_geonames_country_file_adds_places(few: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text(f"{_LINE}\n{_WELL}\n", "utf-8")
    assert check_extra(path) == 1
    more = open_gazetteer([path], cache=few.path.parent)
    assert [(p.key, p.kind, p.point) for p in more.lookup("Tel Ardun")] == [("geonames:99", "mountain", (40.5, 35.5))]
    more.close()


def _zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.txt", content)
    return path


def test_a_zipped_country_file_is_read_past_its_readme(few: Gazetteer, tmp_path: Path) -> None:
    path = _zipped(tmp_path / "SY.zip", readme="How to read this\n", SY=f"{_LINE}\n{_WELL}\n")
    assert check_extra(path) == 1
    more = open_gazetteer([path], cache=few.path.parent)
    assert [p.key for p in more.lookup("Tel Ardun")] == ["geonames:99"]
    more.close()


def test_a_large_file_is_streamed_and_tells_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    lines = (_LINE.replace("99\tArdun Hills", f"{number}\tHill {number}") for number in range(12_000))
    path.write_text("\n".join(lines) + "\n\n", "utf-8")
    told: list[tuple[int, int]] = []
    tracemalloc.start()
    assert check_extra(path, lambda done, total: told.append((done, total))) == 12_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size / 2, "it holds a line at a time"
    assert len(told) == 3
    assert told == sorted(told)
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


@pytest.mark.parametrize(
    ("members", "words"),
    [({}, "0 tables"), ({"SY": _LINE, "IQ": _LINE}, "2 tables"), ({"SY": "a\tb"}, "2 columns instead of 19")],
)
def test_a_zip_of_another_kind_is_refused(tmp_path: Path, members: dict[str, str], words: str) -> None:
    with pytest.raises(DataError, match=words):
        check_extra(_zipped(tmp_path / "SY.zip", **members))


def test_a_broken_zip_is_refused(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "SY.zip", SY=f"{_LINE}\n" * 2000)
    whole = path.read_bytes()
    path.write_bytes(whole[:60] + bytes(40) + whole[100:])
    with pytest.raises(DataError, match="cannot be unpacked"):
        check_extra(path)
    path.write_bytes(b"not a zip")
    with pytest.raises(DataError, match="cannot be unpacked"):
        check_extra(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", f"{_LINE}\n" + _LINE.replace("35.5", "95.5"), "line 2: 95.5, 40.5 is no latitude"),
        ("a.txt", _LINE.replace("SY\t\t04", "Syria\t\t04"), "a country code of two capitals"),
        ("a.toml", "[Syria]\nX = { lat = 1, lon = 1, kind = 'town' }", "two capitals"),
        ("a.toml", "[SY]\nX = { lat = 1, kind = 'town' }", "give lat, lon"),
        ("a.toml", "[SY]\nX = { lat = 1, lon = 1, kind = 'town', colour = 'red' }", "unknown field 'colour'"),
        ("a.toml", "[SY]\nX = { lat = 1, lon = 1, kind = 'hamlet' }", "kind is one of"),
        ("a.toml", "[SY]\nX = { lat = 91, lon = 1, kind = 'town' }", "from -90 to 90"),
        ("a.toml", "[SY]\nX = { lat = 1, lon = '1', kind = 'town' }", "from -180 to 180"),
        ("a.toml", "[SY]\nX = { lat = 1, lon = 1, kind = 'town', aliases = 'Y' }", "aliases is a list"),
        ("a.toml", "[SY", "not valid TOML"),
        ("a.toml", "", "holds no place"),
        ("a.txt", "1\t2\t3", "3 columns instead of 19"),
        ("a.txt", _LINE.replace("35.5", "north"), "a number stands wrong"),
        ("a.txt", _WELL, "holds no place"),
    ],
)
def test_a_fault_in_a_users_file_is_named(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(DataError, match=re.escape(words)) as caught:
        check_extra(path)
    assert name in str(caught.value)


def test_a_place_within_nothing_known_is_named(few: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[SY]\n"Base" = { lat = 35.2, lon = 40.2, kind = "facility", within = "Nowhere" }\n', "utf-8")
    with pytest.raises(DataError, match=r"'Base' .SY. lies within 'Nowhere'"):
        open_gazetteer([path], cache=few.path.parent)
    assert list(few.path.parent.iterdir()) == [few.path]


# ------------------------------------------------------------------------------------------------ the list shipped


def test_the_supplement_is_sorted_and_well_formed() -> None:
    path = Path(__file__).parents[2] / "onrecord" / "lexicon" / "data" / "places.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    data.pop("transliterated")
    assert list(data) == sorted(data)
    for code, section in data.items():
        assert list(section) == sorted(section, key=str.casefold), code
    rows = supplement().rows
    assert len(rows) >= 1500
    assert {row.kind for row in rows} <= KINDS
    assert len({row.key for row in rows}) == len(rows)


def test_every_country_of_geonames_with_a_million_people_has_a_point() -> None:
    placed = {row.country for row in supplement().rows if row.kind == "country"}
    large = {code for code, about in countries().items() if about["population"] >= 1_000_000}
    gone = {"CS"}  # Serbia and Montenegro, which GeoNames keeps
    assert large - placed == gone


@pytest.mark.parametrize(
    ("name", "country", "point"),
    [
        ("Raqa", "SY", (39.01, 35.95)),
        ("Hajjin", "SY", (40.83, 34.69)),
        ("Baghouz", "SY", (40.95, 34.45)),
        ("Deir Ezzor", "SY", (40.14, 35.33)),
        ("Abu Kamal", "SY", (40.92, 34.45)),
        ("Kobane", "SY", (38.35, 36.89)),
        ("al-Omar oilfield", "SY", (40.56, 35.11)),
        ("Tel Afar", "IQ", (42.45, 36.38)),
        ("Khan Yunis", "PS", (34.30, 31.35)),
        ("Kiev", "UA", (30.52, 50.45)),
        ("El Fasher", "SD", (25.35, 13.63)),
        ("Goma", "CD", (29.23, -1.68)),
        ("California", "US", (-119.5, 37.2)),
        ("Democratic Republic of Congo", "CD", (23.6, -2.7)),
    ],
)
def test_a_known_place_comes_first(real: Gazetteer, name: str, country: str, point: tuple[float, float]) -> None:
    first = real.lookup(name)[0]
    assert first.country == country
    assert distance(first.point, point) < 5


@pytest.mark.parametrize(("acronym", "code"), [("US", "US"), ("UK", "GB"), ("UAE", "AE"), ("DRC", "CD")])
def test_a_country_goes_by_its_acronym_but_not_by_the_word(real: Gazetteer, acronym: str, code: str) -> None:
    assert [p.country for p in real.spelt(acronym) if p.kind == "country"] == [code]
    assert not any(p.kind == "country" for p in real.spelt(acronym.lower()))


@pytest.mark.parametrize("name", ["al-Busayrah", "Al Busayrah", "Al-Busayra", "al Busayrah", "Al Busayreh"])
def test_an_arabic_article_may_be_written_in_any_way(real: Gazetteer, name: str) -> None:
    assert any(distance(place.point, (40.427, 35.155)) < 1 for place in real.spelt(name))


def test_an_article_is_taken_off_only_where_the_place_has_one(real: Gazetteer) -> None:
    assert real.known("Gore")
    assert not real.known("Al Gore")


def test_a_lookup_is_fast_once_known(real: Gazetteer) -> None:
    real.lookup("Raqqa")
    start = perf_counter()
    for _ in range(1000):
        real.lookup("Raqqa")
    assert perf_counter() - start < 1.0  # a thousand lookups: 1 ms each at the most; measured at 6 µs


def test_distance_is_that_of_the_great_circle() -> None:
    assert distance((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111.19, abs=0.01)
    assert distance((179.5, 0.0), (-179.5, 0.0)) == pytest.approx(111.19, abs=0.01)
    assert distance((39.0, 35.9), (39.0, 35.9)) == 0.0


def test_a_town_weighs_its_people_and_a_division_more_than_most() -> None:
    town = Place("a", "A", (0.0, 0.0), "town", "SY", population=7)
    assert prominence(town) == 7
    assert prominence(Place("b", "B", (0.0, 0.0), "admin1", "SY")) > 1_000_000
