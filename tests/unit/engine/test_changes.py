"""What mends a row: declared words set, others as they were found or as the router makes them."""

from __future__ import annotations

from isthmus.engine import changes
from isthmus.engine.changes import Baseline, Change
from isthmus.engine.kinds import Kind
from isthmus.engine.menu import Menu, Word
from isthmus.engine.version import Version

V7, LATER = Version(7, 16), Version(7, 20)


def word(name: str, **facts: object) -> Word:
    return Word(name, name.replace("-", "_"), Kind(), "", **facts)  # type: ignore[arg-type]


MENU = Menu(
    "/ip/ipsec/peer",
    {
        each.attribute: each
        for each in (
            word("name"),
            word("address", unset=True),
            word("profile", default="default"),
            word("secret", secret=True),
            word("port"),
            word("ppk", since="7.18"),
            word("local-address", replaces=True, unset=True),
            word("cost", unset="7.18", default={"6": "10", "7.18": None}),
            word("comment"),
        )
    },
    key=("name",),
)
DECLARED = {"name": "boise", "secret": "hidden-from-everyone"}
MADE = {**DECLARED, "profile": "default", "port": "500"}
BASE = changes.baseline(MENU, DECLARED, MADE, V7)


def change(declared: dict[str, str], recorded: dict[str, str], actual: dict[str, str]) -> Change:
    return changes.change(MENU, declared, recorded, BASE, actual, V7)


def test_a_baseline_holds_what_was_not_declared_and_no_secret() -> None:
    assert dict(BASE.words) == {"profile": "default", "port": "500"}
    assert "secret" not in changes.baseline(MENU, {}, MADE, V7).words


def test_what_is_as_declared_needs_nothing() -> None:
    assert not change(DECLARED, DECLARED, MADE)
    assert changes.observed(MENU, DECLARED, BASE, MADE) == DECLARED


def test_a_declared_word_is_set_where_it_differs() -> None:
    assert change({**DECLARED, "address": "192.0.2.1"}, DECLARED, MADE) == Change({"address": "192.0.2.1"})


def test_a_word_no_longer_declared_is_unset_where_the_router_can() -> None:
    before = {**DECLARED, "address": "192.0.2.1"}
    assert change(DECLARED, before, {**MADE, "address": "192.0.2.1"}) == Change({}, ("address",))


def test_a_word_that_cannot_be_unset_gets_the_versions_default() -> None:
    base = Baseline({"port": "500"}, V7)
    before = {**DECLARED, "profile": "modern"}
    actual = {**MADE, "profile": "modern"}
    assert changes.change(MENU, DECLARED, before, base, actual, V7) == Change({"profile": "default"})


def test_a_word_is_unset_only_where_the_version_can() -> None:
    before, actual = {**DECLARED, "cost": "20"}, {**MADE, "cost": "20"}
    assert changes.change(MENU, DECLARED, before, BASE, actual, V7) == Change({"cost": "10"})
    assert changes.change(MENU, DECLARED, before, BASE, actual, LATER) == Change({}, ("cost",))


def test_an_undeclared_word_that_someone_changed_is_drift_and_goes_back() -> None:
    actual = {**MADE, "port": "4500", "address": "192.0.2.9"}
    assert changes.observed(MENU, DECLARED, BASE, actual) == {**DECLARED, "port": "4500", "address": "192.0.2.9"}
    assert change(DECLARED, DECLARED, actual) == Change({"port": "500"}, ("address",))


def test_a_word_that_an_upgrade_brought_is_no_drift() -> None:
    actual = {**MADE, "ppk": "no"}
    assert changes.observed(MENU, DECLARED, BASE, actual) == DECLARED
    assert not changes.change(MENU, DECLARED, DECLARED, BASE, actual, LATER)


def test_a_declared_word_that_is_gone_is_drift() -> None:
    declared = {**DECLARED, "address": "192.0.2.1"}
    assert changes.observed(MENU, declared, BASE, MADE) == DECLARED


def test_a_declared_default_that_the_router_does_not_show_is_as_declared() -> None:
    declared = {**DECLARED, "profile": "default"}
    hidden = {name: text for name, text in MADE.items() if name != "profile"}
    assert changes.observed(MENU, declared, BASE, hidden) == declared
    assert not change(declared, declared, hidden)
    assert changes.observed(MENU, {**DECLARED, "profile": "modern"}, BASE, hidden) == DECLARED


def test_a_secret_that_the_router_hides_counts_as_written() -> None:
    hidden = {name: text for name, text in MADE.items() if name != "secret"}
    assert changes.observed(MENU, DECLARED, BASE, hidden) == DECLARED
    assert not change(DECLARED, DECLARED, hidden)
    assert change({**DECLARED, "secret": "another-one-quite-long"}, DECLARED, hidden).set == {
        "secret": "another-one-quite-long"
    }


def test_only_a_new_row_brings_what_cannot_be_changed_or_unset() -> None:
    def replacing(before: dict[str, str], after: dict[str, str]) -> list[str]:
        return changes.needs_replacing(MENU, {**DECLARED, **before}, {**DECLARED, **after}, Baseline({}, V7), V7)

    assert replacing({"local-address": "192.0.2.1"}, {"local-address": "192.0.2.2"}) == ["local-address"]
    assert replacing({"port": "4500"}, {}) == ["port"]
    assert replacing({"profile": "x"}, {}) == []
    assert replacing({"address": "192.0.2.1"}, {}) == []


def test_a_spelling_of_the_routers_own_is_no_change() -> None:
    declared = {**DECLARED, "address": "gateway.example.org"}
    actual = {**MADE, "address": "GATEWAY.example.org"}
    base = changes.baseline(MENU, declared, actual, V7)
    assert base.spelled == {"address": ("gateway.example.org", "GATEWAY.example.org")}
    assert changes.observed(MENU, declared, base, actual) == declared
    assert not changes.change(MENU, declared, declared, base, actual, V7)
    drifted = {**MADE, "address": "elsewhere.example.org"}
    assert changes.observed(MENU, declared, base, drifted)["address"] == "elsewhere.example.org"


SECRET = "undeclared-and-unknown"
SEALED = changes.baseline(MENU, {"name": "boise"}, {"name": "boise", "secret": SECRET}, V7)
OPEN = changes.baseline(MENU, {"name": "boise"}, {"name": "boise"}, V7)


def seen(base: Baseline, **actual: str) -> dict[str, str]:
    return changes.observed(MENU, {"name": "boise"}, base, {"name": "boise", **actual})


def test_an_undeclared_secret_is_sealed_and_drift_where_it_changes() -> None:
    assert SECRET not in repr(SEALED)
    assert seen(SEALED, secret=SECRET) == {"name": "boise"}
    assert seen(SEALED, secret="another") == {"name": "boise", "secret": changes.CHANGED}
    assert seen(SEALED, secret="") == {"name": "boise", "secret": changes.UNSET}
    assert seen(SEALED) == {"name": "boise"}


def test_an_undeclared_secret_that_came_is_drift_and_never_shown() -> None:
    assert seen(OPEN, secret=SECRET) == {"name": "boise", "secret": changes.SET}
    assert seen(OPEN, secret="") == {"name": "boise"}
    again = changes.observed(MENU, {"name": "boise", "secret": changes.SET}, OPEN, {"name": "boise", "secret": SECRET})
    assert again == {"name": "boise", "secret": changes.SET}


def test_a_secret_that_came_goes_with_a_new_row_and_one_that_changed_stays() -> None:
    drifted = {"name": "boise", "secret": changes.SET}
    assert changes.needs_replacing(MENU, drifted, {"name": "boise"}, OPEN, V7) == ["secret"]
    assert changes.needs_replacing(MENU, drifted, {"name": "boise"}, SEALED, V7) == []
    actual = {"name": "boise", "secret": "another"}
    assert not changes.change(MENU, {"name": "boise"}, drifted, SEALED, actual, V7)
    assert changes.irreparable(MENU, {"name": "boise"}, SEALED, actual) == ["secret"]


def test_a_state_from_before_seals_reports_no_secret() -> None:
    assert seen(Baseline({}, V7), secret=SECRET) == {"name": "boise"}
