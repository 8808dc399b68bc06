"""What a preview tells of a list: rule by rule, no more than is read, and no secret."""

from __future__ import annotations

from isthmus.engine import telling
from isthmus.engine.kinds import Kind
from isthmus.engine.menu import Menu, Word

RULES = Menu(
    "/ip/firewall/filter",
    {
        name: Word(spelled, name, Kind(), "", **facts)
        for name, spelled, facts in (
            ("action", "action", {"default": "accept"}),
            ("protocol", "protocol", {}),
            ("password", "password", {"secret": True}),
            ("comment", "comment", {}),
        )
    },
    ordered=True,
    group="chain",
)
ENTRIES = Menu(
    "/ip/firewall/address-list",
    {name: Word(name, name, Kind(), "") for name in ("list", "address", "comment")},
    key=("list", "address"),
    group="list",
)
ICMP, SSH, DROP = {"protocol": "icmp"}, {"protocol": "tcp", "comment": "ssh"}, {"action": "drop"}


def test_every_new_rule_is_shown_with_its_action() -> None:
    assert telling.told(RULES, [], [ICMP, SSH, DROP]).splitlines() == [
        "3 to add",
        "  + rule 1: action=accept protocol=icmp",
        "  + rule 2: action=accept protocol=tcp comment=ssh",
        "  + rule 3: action=drop",
    ]


def test_of_a_changed_rule_only_the_words_that_change_are_shown() -> None:
    after = [ICMP, {"protocol": "tcp", "comment": "ssh from the office"}, {"action": "reject"}]
    assert telling.told(RULES, [ICMP, SSH, DROP], after).splitlines() == [
        "2 to change",
        '  ~ rule 2: comment=ssh -> "ssh from the office"',
        "  ~ rule 3: action=drop -> reject",
    ]
    assert "comment=ssh -> (not set)" in telling.told(RULES, [SSH], [{"protocol": "tcp"}])
    assert "action=drop -> accept" in telling.told(RULES, [{**DROP, **SSH}], [SSH])


def test_a_moved_rule_is_told_with_both_places() -> None:
    assert telling.told(RULES, [ICMP, SSH, DROP], [DROP, ICMP, SSH]).splitlines() == [
        "1 to move",
        "  > rule 3 to place 1: action=drop",
    ]


def test_what_goes_has_its_old_number_and_what_comes_its_new_one() -> None:
    assert telling.told(RULES, [ICMP, DROP, SSH], [ICMP, SSH, {"protocol": "gre"}]).splitlines()[1:] == [
        "  - rule 2: action=drop",
        "  + rule 3: action=accept protocol=gre",
    ]


def test_entries_of_a_set_have_no_numbers() -> None:
    before = [{"address": "192.0.2.1", "comment": "a pest"}, {"address": "192.0.2.2"}]
    after = [{"address": "192.0.2.1"}, {"address": "192.0.2.3"}]
    assert telling.told(ENTRIES, before, after).splitlines() == [
        "1 to add, 1 to remove, 1 to change",
        "  - address=192.0.2.2",
        '  ~ address=192.0.2.1: comment="a pest" -> (not set)',
        "  + address=192.0.2.3",
    ]


def test_more_than_a_screen_is_counted() -> None:
    lines = telling.told(ENTRIES, [], [{"address": f"192.0.2.{number}"} for number in range(100)]).splitlines()
    assert (len(lines), lines[0], lines[-1]) == (telling.MOST + 2, "100 to add", "  ... and 70 more")


def test_no_secret_is_shown() -> None:
    before, after = [{**SSH, "password": "old-one"}], [{**SSH, "password": "new-one"}]
    assert telling.told(RULES, before, after).splitlines()[1] == '  ~ rule 1: password="[secret]" -> "[secret]"'
    assert telling.told(RULES, [], after).splitlines()[1].endswith('password="[secret]" comment=ssh')
    assert telling.told(RULES, before, after, veiled=True) == "1 to change"


def test_nothing_is_told_of_an_unchanged_list() -> None:
    assert telling.told(RULES, [SSH], [SSH]) == ""
