"""Words of Linux resources are spelled and checked before a host is asked."""

from __future__ import annotations

import pytest

from isthmus.engine import checks
from isthmus.linux import File, NftTable, Service, Sysctl


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("net.ipv4.ip_forward", "net.ipv4.ip_forward"),
        ("net/ipv4/conf/eth0.100/rp_filter", "net.ipv4.conf.eth0/100.rp_filter"),
        ("net.ipv4.conf.eth0/100.rp_filter", "net.ipv4.conf.eth0/100.rp_filter"),
        ("/proc/sys/net/ipv4/ip_forward", "net.ipv4.ip_forward"),
    ],
)
def test_a_setting_has_one_name(given: str, name: str) -> None:
    assert checks.canonical(Sysctl.menu(), {"name": given}) == ({"name": name}, [])


@pytest.mark.parametrize("name", ["forward", "net..forward", "net/../../etc/passwd", "net.//.x", ""])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    (problem,) = checks.canonical(Sysctl.menu(), {"name": name})[1]
    assert problem.reason.startswith("sysctl: name: expected a name such as net.ipv4.ip_forward")


@pytest.mark.parametrize(("given", "text"), [(True, "1"), (0, "0"), ("4096\t8192  16384", "4096 8192 16384")])
def test_a_settings_value_is_what_the_kernel_takes(given: object, text: str) -> None:
    assert checks.canonical(Sysctl.menu(), {"value": given}) == ({"value": text}, [])


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"path": "etc/motd"}, "path: expected an absolute path such as /etc/openvpn/ccd, found 'etc/motd'"),
        ({"path": "/etc/../root/x"}, "path: expected an absolute path"),
        ({"mode": 0o644}, "mode: expected octal digits as text, such as '0644', found 420"),
        ({"mode": "0888"}, "mode: expected octal digits"),
        ({"owner": "two words"}, "owner: expected a name or a number, found 'two words'"),
        ({"content_base64": "?"}, "content_base64: expected base64"),
    ],
)
def test_what_a_file_cannot_have_is_refused(words: dict[str, object], reason: str) -> None:
    (problem,) = checks.canonical(File.menu(), words)[1]
    assert problem.reason.startswith(f"file: {reason}")


def test_a_files_words_have_one_spelling() -> None:
    words, problems = checks.canonical(File.menu(), {"path": "//etc//motd", "mode": "644", "content_base64": "/w\nA="})
    assert (words, problems) == ({"path": "/etc/motd", "mode": "0644", "content_base64": "/wA="}, [])


def test_a_table_keeps_its_lines_and_loses_its_indentation() -> None:
    words, problems = checks.canonical(NftTable.menu(), {"content": "\n    chain c {\n      accept  \n    }\n  "})
    assert (words, problems) == ({"content": "\nchain c {\n  accept\n}\n"}, [])
    assert checks.canonical(NftTable.menu(), words) == (words, [])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("chain c {\n accept }\n}\n", "line 3: this } closes the table itself: leave it out"),
        ("chain c {\n accept\n", "line 1: this { is not closed"),
        ("table inet x { }", "expected only what stands between the braces of the table, found the table"),
    ],
)
def test_what_is_no_tables_body_is_refused_with_its_line(content: str, reason: str) -> None:
    (problem,) = checks.canonical(NftTable.menu(), {"content": content})[1]
    assert problem.reason == f"nft/table: content: {reason}"


def test_braces_in_comments_and_strings_are_no_braces() -> None:
    content = 'chain c { # }\n  log prefix "} " accept\n}\n'
    assert checks.canonical(NftTable.menu(), {"content": content}) == ({"content": content}, [])


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("openvpn-server@branch", "openvpn-server@branch.service"),
        ("openvpn-server@branch.office", "openvpn-server@branch.office.service"),
        ("ssh.socket", "ssh.socket"),
    ],
)
def test_a_unit_has_one_name(given: str, name: str) -> None:
    assert checks.canonical(Service.menu(), {"name": given}) == ({"name": name}, [])


@pytest.mark.parametrize("name", ["openvpn-server@", "openvpn@.service", "two words", "../x", "--now", ""])
def test_what_is_no_unit_is_refused(name: str) -> None:
    assert len(checks.canonical(Service.menu(), {"name": name})[1]) == 1


def test_of_triggers_only_a_digest_is_kept() -> None:
    words, _ = checks.canonical(Service.menu(), {"triggers": ["hunter2", {"port": 1194}]})
    assert words["triggers"].startswith("sha256:")
    assert checks.canonical(Service.menu(), words) == (words, [])
    other, _ = checks.canonical(Service.menu(), {"triggers": ["hunter2", {"port": 1195}]})
    assert other != words
