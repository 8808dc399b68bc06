"""A list as declared against the rows that are there."""

from __future__ import annotations

from isthmus.engine import mark, rows
from isthmus.engine.changes import Change
from isthmus.engine.kinds import Kind, YesNo
from isthmus.engine.mark import join
from isthmus.engine.menu import Menu, Word
from isthmus.engine.order import IN_BAND
from isthmus.engine.version import Version

V7 = Version(7, 16)
MINE = mark.make("project", "stack", "type", "mine")


def word(name: str, **facts: object) -> Word:
    return Word(name, name.replace("-", "_"), facts.pop("kind", Kind()), "", **facts)  # type: ignore[arg-type]


NAT = Menu(
    "/ip/firewall/nat",
    {
        each.attribute: each
        for each in (
            word("chain", required=True),
            word("action", default="accept"),
            word("src-address", unset=True),
            word("dst-address", unset=True),
            word("log", kind=YesNo(), default="no"),
            word("socks5-port"),
            word("comment"),
        )
    },
    ordered=True,
    group="chain",
)


ADDRESSES = Menu(
    "/ip/firewall/address-list",
    {each.attribute: each for each in (word("list"), word("address"), word("comment"))},
    key=("list", "address"),
    group="list",
)


def row(number: int, comment: str = "", owner: mark.Mark | None = MINE, **words: str) -> dict[str, str]:
    spelled = {name.replace("_", "-"): text for name, text in words.items()}
    marked = join(comment, owner) if owner else comment
    return {".id": f"*{number}", "chain": "srcnat", "action": "accept", "log": "false", **spelled, "comment": marked}


def plan(chain: list[dict[str, str]], wanted: list[dict[str, str]]) -> rows.Plan:
    mine = [each for each in chain if "isthmus:" in each["comment"]]
    return rows.plan(NAT, chain, mine, wanted, MINE, IN_BAND, V7)


def test_what_is_as_declared_needs_nothing() -> None:
    chain = [row(1, src_address="10.0.0.0/8"), row(2, action="drop")]
    assert not plan(chain, [{"src-address": "10.0.0.0/8", "log": "no", "action": "accept"}, {"action": "drop"}])


def test_new_rules_come_before_the_next_rule_that_is_there() -> None:
    chain = [row(1, src_address="10.0.0.0/8"), row(2, src_address="10.1.0.0/16"), row(9, owner=None)]
    wanted = [
        {"src-address": text} for text in ("10.9.0.0/16", "10.0.0.0/8", "10.8.0.0/16", "10.1.0.0/16", "10.7.0.0/16")
    ]
    added = plan(chain, wanted).add
    assert [(words["src-address"], before) for words, before in added] == [
        ("10.9.0.0/16", "*1"),
        ("10.8.0.0/16", "*2"),
        ("10.7.0.0/16", "*9"),
    ]


def test_a_changed_rule_is_set_so_that_its_counters_stay() -> None:
    chain = [row(1, "Boise", src_address="10.0.0.0/8", dst_address="10.1.0.0/16")]
    work = plan(chain, [{"src-address": "10.0.0.0/8", "comment": "Boise"}])
    assert work.set == [("*1", Change({}, ("dst-address",)))]
    assert not work.add
    assert not work.remove


def test_a_word_with_a_default_goes_back_to_it() -> None:
    chain = [row(1, "Boise", action="drop", log="true")]
    assert plan(chain, [{"comment": "Boise"}]).set == [("*1", Change({"action": "accept", "log": "no"}))]


def test_the_users_comment_is_kept_before_the_mark() -> None:
    chain = [row(1, "old", src_address="10.0.0.0/8")]
    ((_, change),) = plan(chain, [{"src-address": "10.0.0.0/8", "comment": "new"}]).set
    assert change.set == {"comment": f"new [isthmus:{MINE}]"}


def test_swapped_rules_are_moved_not_rewritten() -> None:
    chain = [row(1, src_address="10.1.0.0/16"), row(2, src_address="10.0.0.0/16")]
    work = plan(chain, [{"src-address": "10.0.0.0/16"}, {"src-address": "10.1.0.0/16"}])
    assert (work.set, work.add, work.remove) == ([], [], [])
    assert len(work.move) == 1


def test_a_copy_made_by_hand_stays_where_it_is_when_the_list_moves() -> None:
    chain = [row(4, src_address="10.1.0.0/16"), row(1, owner=None), row(2, src_address="10.1.0.0/16")]
    work = rows.plan(NAT, chain, chain[2:], [{"src-address": "10.1.0.0/16"}], MINE, IN_BAND, V7)
    assert (work.set, work.move, work.add, work.remove) == ([], [("*2", "*1")], [], [])


def test_equal_rules_may_stand_twice() -> None:
    chain = [row(1, src_address="10.0.0.0/16")]
    work = plan(chain, [{"src-address": "10.0.0.0/16"}] * 2)
    assert len(work.add) == 1
    assert not work.remove


def test_an_entry_whose_address_is_there_is_changed_not_added_beside_it() -> None:
    chain = [
        {".id": "*1", "list": "lan", "address": "192.0.2.1", "comment": join("old", MINE)},
        {".id": "*2", "list": "lan", "address": "192.0.2.2", "comment": join("new", MINE)},
    ]
    wanted = [{"address": "192.0.2.1", "comment": "new"}, {"address": "192.0.2.2", "comment": "newer"}]
    work = rows.plan(ADDRESSES, chain, chain, wanted, MINE, IN_BAND, V7)
    assert (work.add, work.remove) == ([], [])
    assert [(row, given.set["comment"]) for row, given in work.set] == [
        ("*1", join("new", MINE)),
        ("*2", join("newer", MINE)),
    ]


def test_a_rule_that_cannot_lose_a_word_is_made_anew() -> None:
    work = plan([row(1, "Boise", socks5_port="1080")], [{"comment": "Boise"}])
    assert (work.add, work.remove, work.set) == ([({"comment": "Boise"}, None)], ["*1"], [])


def test_a_summary_says_what_comes_goes_changes_and_moves() -> None:
    before = [{"src-address": "1"}, {"src-address": "2"}, {"src-address": "3", "comment": "c"}, {"src-address": "4"}]
    after = [{"src-address": "2"}, {"src-address": "1"}, {"src-address": "9", "comment": "c"}]
    assert rows.summary(NAT, before, after) == "1 to remove, 1 to change, 1 to move"


def test_a_word_that_was_spelled_out_stays_so() -> None:
    recorded = [{"action": "accept", "src-address": "10.0.0.0/8"}, {"action": "drop", "log": "no"}]
    seen = [{"action": "drop", "log": "yes"}, {"src-address": "10.0.0.0/8"}, {"dst-address": "192.0.2.1"}]
    assert rows.respelled(NAT, seen, recorded, V7) == [
        {"action": "drop", "log": "yes"},
        {"action": "accept", "src-address": "10.0.0.0/8"},
        {"dst-address": "192.0.2.1"},
    ]


def test_what_stands_between_the_same_neighbours_is_the_same_rule() -> None:
    chain = [row(1, src_address="10.0.0.0/8"), row(2, action="drop"), row(3, src_address="10.1.0.0/16")]
    work = plan(chain, [{"src-address": "10.0.0.0/8"}, {"action": "reject"}, {"src-address": "10.1.0.0/16"}])
    assert (work.set, work.add, work.remove) == ([("*2", Change({"action": "reject"}))], [], [])


def test_a_rule_that_changes_beside_one_that_goes_is_told_from_it() -> None:
    chain = [row(1, src_address="10.0.0.0/8", log="true"), row(2, action="drop", dst_address="10.1.0.0/16")]
    work = plan(chain, [{"action": "drop"}])
    assert (work.set, work.add, work.remove) == ([("*2", Change({}, ("dst-address",)))], [], ["*1"])


def test_an_entry_that_takes_the_place_of_another_is_a_new_one() -> None:
    chain = [{".id": "*1", "list": "lan", "address": "192.0.2.1", "comment": join("", MINE)}]
    work = rows.plan(ADDRESSES, chain, chain, [{"address": "192.0.2.2"}], MINE, IN_BAND, V7)
    assert (work.set, work.add, work.remove) == ([], [({"address": "192.0.2.2"}, None)], ["*1"])
