"""Mistakes in a program are told by a preview, before any device is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from tests.support.deployment import Deployment
from tests.support.refused import error, errors

ADDRESS = 'routeros.ip.Address("lan", device="seattle", address="192.168.90.1/24", interface="ether2"{more})'
RULE = (
    'routeros.ip.firewall.NatRules("nat", device="seattle", chain="srcnat", rules=[{"action": "accept"}, {rule}]{more})'
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A project with a router that its lock file knows: nothing here is to reach it."""
    with Deployment(tmp_path_factory.mktemp("bad") / "project") as deployment:
        deployment.router("seattle", "7.16")
        lock(deployment, seattle="7.16")
        yield deployment


def lock(deployment: Deployment, **versions: str) -> None:
    """Write a lock file."""
    entries = {name: {"serial": "HC1234567", "version": version} for name, version in versions.items()}
    (deployment.folder / "isthmus.lock.yaml").write_text(yaml.safe_dump(entries))


def rule(text: str, more: str = "") -> str:
    return RULE.replace("{rule}", text).replace("{more}", more)


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (
            ADDRESS.replace("seattle", "seatle"),
            "unknown device seatle: did you mean seattle? devices.yaml has seattle",
        ),
        (
            ADDRESS.replace('device="seattle", ', ""),
            "device is required: the name of a device in devices.yaml",
        ),
        (
            ADDRESS.replace("{more}", ', coment="LAN"'),
            "seattle: /ip/address has no property 'coment'; did you mean 'comment'?",
        ),
        (
            ('routeros.ip.firewall.AddressList("lan", device="seattle", list="lan", entries=["192.0.2.1", '
            '{"address": "192.0.2.1/32", "comment": "again"}, "192.0.2.2"])'),
            "seattle: /ip/firewall/address-list: address=192.0.2.1 is given 2 times; a list has it once",
        ),
        (
            'routeros.Item("x", device="seattle", menu="/ip/odd", key=["name", "user"], properties={"name": "a"})',
            "seattle: /ip/odd: key: 'user' is not among the properties",
        ),
        (
            'routeros.ip.firewall.NatRules("nat", device="seattle", chain="srcnat")',
            "seattle: /ip/firewall/nat: rules is required",
        ),
        (
            'routeros.ip.firewall.NatRules("nat", device="seattle", rules=[])',
            "seattle: /ip/firewall/nat: chain is required",
        ),
        (
            ADDRESS.replace("192.168.90.1", "192.168.900.1"),
            "seattle: /ip/address: address: expected an IPv4 prefix such as 192.0.2.0/24, found '192.168.900.1/24'",
        ),
        (
            ADDRESS.replace('address="192.168.90.1/24", ', ""),
            "seattle: /ip/address: address is required: The address with the length of its network.",
        ),
        (
            rule('{"action": "accept", "dst_adress": "192.0.2.0/24"}'),
            "seattle: rule 2: /ip/firewall/nat has no property 'dst_adress'; did you mean 'dst_address'?",
        ),
        (
            rule('{"action": "accept", "dst_address": "192.0.2.0/33"}'),
            "seattle: rule 2: /ip/firewall/nat: dst-address: expected ",
        ),
        (
            rule("{}", ", exclusiv=True"),
            "seattle: /ip/firewall/nat has no property 'exclusiv'; did you mean 'exclusive'?",
        ),
        (
            'routeros.Settings("lan", device="seattle", menu="/ip/address", properties={"address": "192.168.90.1/24"})',
            "seattle: /ip/address is a list, not a menu of settings: use routeros.Item for it",
        ),
        (
            'routeros.Item("name", device="seattle", menu="/system/identity", properties={"name": "gw"})',
            "seattle: /system/identity is a menu of settings, not a list: use routeros.Settings for it",
        ),
        (
            rule('{"action": "socksify", "socks5_server": "192.0.2.1"}'),
            ("seattle: rule 2: /ip/firewall/nat: action: seattle runs RouterOS 7.16, which does not know 'socksify' "
            "(it came with 7.20); choose another value"),
        ),
    ],
    ids=[
        "unknown device", "no device", "unknown argument", "an entry twice", "a key without its word",
        "no rules", "no chain", "invalid prefix", "missing argument",
        "unknown word in a rule",
        "invalid prefix in a rule", "unknown argument of a list", "a list as settings", "settings as a list", "version",
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_of_the_preview(project: Deployment, program: str, told: str) -> None:
    project.program(program.replace("{more}", ""))
    project.routers["seattle"].control.reset_counters()
    assert f"has a problem: {told}" in errors(project.preview(check=False))[0]
    assert project.routers["seattle"].control.counters()["sentences"] == 0


def test_a_place_that_is_none_is_one_line_of_the_preview(project: Deployment) -> None:
    project.program(
        ADDRESS.replace("{more}", "") + "\nrouteros.ip.firewall.NatRule('x', device='seattle', "
        "chain='srcnat', action='accept', place='first')\n"
    )
    text = project.preview(check=False).text
    assert "x: place: expected such as routeros.first() or routeros.before(rule), found 'first'" in text
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("menu='/ppp/profile', key='name', properties={'name': 'a'}",
         "x: key: expected a list such as ['name'], found 'name'"),
        ("menu='/ppp/profile', propertys={'name': 'a'}",
         "x: routeros.Item has no argument 'propertys'; did you mean 'properties'?"),
        ("menu='/ppp/profile', name='a'",
         "x: routeros.Item has no argument 'name'; the words of the menu belong into properties"),
        ("properties={'name': 'a'}", "x: routeros.Item: missing a required argument: 'menu'"),
    ],
    ids=["key as text", "misspelled", "a word of the menu", "missing"],
)  # fmt: skip
def test_a_generic_resource_that_is_called_wrongly_is_one_line(project: Deployment, arguments: str, told: str) -> None:
    project.program(f'routeros.Item("x", device="seattle", {arguments})')
    text = project.preview(check=False).text
    assert told in text
    assert "Traceback" not in text


def test_a_word_of_another_version_is_refused_at_up_where_no_lock_file_tells_it(deployment: Deployment) -> None:
    router = deployment.router("seattle", "6.49")
    before = router.control.export()
    deployment.program('routeros.routing.Table("must-vpn", device="seattle", fib=True)')
    preview = deployment.preview()
    assert preview.lines.count(
        "seattle: its version is not in isthmus.lock.yaml: not checked until up; run isthmus devices trust seattle"
    )
    refused = error(deployment.up(check=False))
    assert refused == (
        "DeviceError: seattle: /routing/table: seattle runs RouterOS 6.49, which does not have this menu "
        "(it came with 7)"
    )
    lock(deployment, seattle="6.49")
    assert refused.partition("DeviceError: ")[2] in error(deployment.preview(check=False))
    assert router.control.export() == before
