"""nftables tables, each owned as a whole and told in nft's own syntax (nft(8))."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any, ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.nft_listing import body, in_words_of, normal
from isthmus_agent.kinds.recorded import Recorded
from isthmus_agent.programs import attempt, run
from isthmus_agent.within import exists, scratch, within

_FAULT = re.compile(r"([^:\n]*):(\d+):\d+-\d+: Error: (.*)")
_STDIN = "/dev/stdin"
"""What nft calls the text that it was handed."""
_BY_INDEX = re.compile(r"\b(devices?|iif|oif)\b")
"""Words for which a link must be there when a table is loaded."""
_GONE = "No such file or directory"


class NftTable(Recorded):
    """A table. It is replaced in one step, so that there is never a moment without it; no other one is touched.

    Tables are compared as the kernel takes them: what is wanted is loaded in an empty network namespace, and both are
    listed, so that nft's own way of writing is no difference.
    """

    kind: ClassVar[str] = "nft/table"
    keys: ClassVar[tuple[str, ...]] = ("family", "name", "netns")

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the table: in the words of `wanted` if it does the same, else as nft prints it."""
        listing = _listing(wanted)
        if listing is None:
            return None
        props = {"family": wanted["family"], "name": wanted["name"], "netns": wanted.get("netns") or ""}
        content = wanted.get("content")
        if content is not None:
            with suppress(Refused):
                if normal(_tried(host, wanted)) == normal(listing):
                    return {**props, "content": content}
        with within(props["netns"]):
            printed = body(run("nft", "-s", "list", "table", wanted["family"], wanted["name"]))
        return {**props, "content": in_words_of(printed, content or "")}

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - the record holds the mark
        """Load the table; Refused names the line that nft refuses."""
        _tried(host, wanted)
        _load(wanted)

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:  # noqa: ARG002 - see make
        """Replace the table in one step."""
        if "content" in different:
            wanted = {**actual, **different}
            _tried(host, wanted)
            _load(wanted, "table {family} {name}; delete table {family} {name}; ")

    def cuts(self, host: Host, props: Props) -> bool:  # noqa: ARG002 - any table may drop the session
        """It may, whatever it says."""
        return True

    def remove(self, host: Host, actual: Props) -> None:  # noqa: ARG002 - nft reaches the kernel itself
        """Remove the table."""
        with within(actual.get("netns") or ""):
            run("nft", "delete", "table", actual["family"], actual["name"])


def _listing(props: Props) -> str | None:
    if not exists(props.get("netns") or ""):
        return None
    with within(props.get("netns") or ""):
        done = attempt("nft", "-j", "list", "table", props["family"], props["name"])
    if done.returncode and _GONE not in done.stderr:
        raise Refused(_explained(done.stderr, "")[0])
    return None if done.returncode else done.stdout


def _tried(host: Host, wanted: Props) -> str:
    """Load a table where it does no harm, and return its listing; Refused if it is wrong, or not only itself."""
    links = _links(host, wanted)
    with scratch():
        for name in links:
            _stand_in(name)
        _nft(wanted)
        tables = json.loads(run("nft", "-j", "list", "tables"))["nftables"]
        if sum("table" in entry for entry in tables) != 1:
            raise Refused("it holds more than this table: declare each table by itself", "content")
        return run("nft", "-j", "list", "table", wanted["family"], wanted["name"])


def _links(host: Host, wanted: Props) -> list[str]:
    """Return the links that a trial needs: a table that names one by its index is refused without."""
    if not _BY_INDEX.search(wanted["content"]):
        return []
    messages: list[Any] = list(host.route(wanted.get("netns") or "").get_links())
    return [name for name in (message.get("ifname") for message in messages) if name != "lo"]


def _stand_in(name: str) -> None:
    """Make a link of that name, of the first kind that the kernel has."""
    for kind in ("dummy", "bridge"):
        if not attempt("ip", "link", "add", name, "type", kind).returncode:
            return
    run("ip", "tuntap", "add", name, "mode", "tap")


def _load(wanted: Props, head: str = "") -> None:
    with within(wanted.get("netns") or ""):
        _nft(wanted, head)


def _nft(wanted: Props, head: str = "") -> None:
    """Hand nft the whole table as one transaction; what comes before the user's text stands on one line."""
    start = f"{head}table {{family}} {{name}} {{{{\n".format(**wanted)
    done = attempt("nft", "-f", "-", text=f"{start}{wanted['content']}\n}}\n")
    if done.returncode:
        raise Refused(*_explained(done.stderr, wanted["content"]))


def _explained(errors: str, content: str) -> tuple[str, str]:
    """Return nft's first complaint, with the line of the user's text, and the property that it is about."""
    found = _FAULT.search(errors)
    if found is None:
        words = errors.strip().splitlines()
        return f"nft: {words[0] if words else 'it fails without a word'}", ""
    place, number, said = found[1], int(found[2]) - 1, found[3]
    if place.startswith("/") and place != _STDIN:
        return f"{place}, line {number + 1}: {said}", "content"
    lines = content.splitlines()
    if not 1 <= number <= len(lines):
        return f"nft: {said}", "content"
    return f"line {number}: {said}: {lines[number - 1].strip()}", "content"
