"""A configuration as a whole: written from properties, and read back into them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.openvpn.lexing import Directive, directives, inline, lines_of, written
from isthmus_agent.kinds.openvpn.words import CALLING, CLIENT, FLAGS, SERVER, WAITING, Word

HEAD = "# Made by Isthmus: change it there, for what is changed here is put back.\n"
STATIC_CIPHER = "AES-256-CBC"
"""What a static key is used with where nothing is said: openvpn's own choice is too weak for OpenSSL 3."""


def told(value: Any) -> bool:
    """Tell whether a property says anything."""
    return value not in (None, "", [], {}, False)


def words_of(role: str, props: Mapping[str, Any]) -> Mapping[str, Word]:
    """Return the words that an end of a tunnel knows."""
    if role == "peer":
        return CALLING if told(props.get("remote")) else WAITING
    return SERVER if role == "server" else CLIENT


def render(role: str, props: Mapping[str, Any], places: Mapping[str, str]) -> str:
    """Return the configuration that says properties; `places` are where its socket and its clients' files are."""
    return HEAD + written(_said(role, props, places))


def parse(role: str, content: str, wanted: Mapping[str, Any], places: Mapping[str, str]) -> Props:
    """Return what a configuration says, in the spelling of `wanted` where that says the same."""
    said = directives(content)
    calls = {"remote": [each for each in said if each[0] == "remote"]}
    words = words_of(role, calls)
    props = {name: _read(name, word, said) for name, word in words.items()}
    props["tls"] = _part(said) if role == "peer" else ""
    own = [each for each in said if not any(_is(each, word) for word in words.values())]
    props.update(_implied_away(role, props, wanted))
    props["extra"] = _extra(own, _fixed(role, {**props, "extra": wanted.get("extra")}, places), wanted)
    missing = Counter(_said(role, props, places)) - Counter(said)
    props["extra"] = [*props["extra"], *(f"# missing: {each[0]}" for each in missing)] or ""
    return props


def same(one: str, other: str) -> bool:
    """Tell whether two configurations say the same."""
    return Counter(directives(one)) == Counter(directives(other))


def digest(content: str) -> str:
    """Return what is equal for configurations that say the same."""
    return hashlib.sha256(json.dumps(sorted(directives(content))).encode()).hexdigest()


def property_of(role: str, directive: str) -> str:
    """Return the property that a directive says, '' for what is none."""
    known = {**words_of(role, {"remote": "x"}), **words_of(role, {})}
    return next((name for name, word in known.items() if word.directive.strip("<>") == directive), "")


def _said(role: str, props: Mapping[str, Any], places: Mapping[str, str]) -> list[Directive]:
    everything = {
        **_implied(role, props),
        **{name: value for name, value in props.items() if told(value) or value == 0},
    }
    said = [
        directive
        for name, word in words_of(role, props).items()
        if _says(name, everything.get(name))
        for directive in word.said(everything[name])
    ]
    return [*_fixed(role, props, places), *said, *directives("\n".join(_lines(props.get("extra"))))]


def _says(name: str, value: Any) -> bool:
    return value is not False and value not in (None, "", [], "off" if name == "remote_cert_tls" else "")


def _read(name: str, word: Word, said: Sequence[Directive]) -> Any:
    length = len(word.directive.split())
    found = [each[length:] for each in said if _is(each, word)]
    return word.reads(found) if found else (False if name in FLAGS else "")


def _is(directive: Directive, word: Word) -> bool:
    head = tuple(word.directive.split())
    if directive == ("disable-dco",):
        return head[-1] == "disable-dco"
    return directive[: len(head)] == head


def _fixed(role: str, props: Mapping[str, Any], places: Mapping[str, str]) -> list[Directive]:
    """Return what an end says besides its properties."""
    fixed: list[Directive] = [("management", places["socket"], "unix")]
    if role == "client":
        return [*fixed, ("client",), ("nobind",)]
    if role == "server":
        fixed.append(("client-config-dir", places["clients"]))
        helped = any(told(props.get(name)) for name in ("server", "server_ipv6", "server_bridge"))
        fixed += [] if helped else [("mode", "server"), ("tls-server",)]
    elif told(props.get("secret")):
        return [*fixed, ("setenv", "opt", "allow-deprecated-insecure-static-crypto")]
    else:
        part = props.get("tls") or _usual_part(props)
        fixed.append((f"tls-{part}",))
        if part == "client":
            return fixed
    own = {each[0].strip("<>") for each in directives("\n".join(_lines(props.get("extra"))))}
    return fixed if "dh" in own else [*fixed, ("dh", "none")]


def _implied(role: str, props: Mapping[str, Any]) -> Props:
    """Return what is said where a program says nothing, for openvpn's own choice is weak or changes with versions."""
    kind = props.get("dev_type") or str(props.get("dev") or "")[:3]
    if role == "server" and kind == "tun":
        return {"topology": "subnet"}
    if role == "client" and told(props.get("ca")):
        return {"remote_cert_tls": "server"}
    return {"cipher": STATIC_CIPHER} if told(props.get("secret")) else {}


def _implied_away(role: str, props: Props, wanted: Mapping[str, Any]) -> Props:
    """Return what was implied as a program says it: not at all, or in so many words."""
    usual = _implied(role, props)
    if role == "peer" and not told(props.get("secret")):
        usual["tls"] = _usual_part(props)
    shown = {name: wanted.get(name) or "" for name, value in usual.items() if props[name] == value}
    off = wanted.get("remote_cert_tls") == "off" and not props["remote_cert_tls"]
    kept = {name: value if value == usual[name] else "" for name, value in shown.items()}
    return {**kept, **({"remote_cert_tls": "off"} if off else {})}


def _part(said: Sequence[Directive]) -> str:
    return next((part for part in ("server", "client") if (f"tls-{part}",) in said), "")


def _usual_part(props: Mapping[str, Any]) -> str:
    return "client" if told(props.get("remote")) else "server"


def _extra(own: Sequence[Directive], fixed: Sequence[Directive], wanted: Mapping[str, Any]) -> list[str]:
    """Return the lines that no property says: those of `wanted` as they are written there, then others."""
    left = Counter(own) - Counter(fixed)
    lines = _lines(wanted.get("extra"))
    asked = directives("\n".join(lines))
    if not Counter(asked) - left:
        others = list((left - Counter(asked)).elements())
        return [*lines, *(line for each in others for line in lines_of(each))]
    return [line for each in left.elements() for line in lines_of(each)]


def without_secrets(lines: Any, known: Any) -> Any:
    """Return lines of a configuration without the texts of inline files that nobody declared."""
    if not told(lines) or lines == known:
        return lines
    declared = directives("\n".join(_lines(known)))
    said = directives("\n".join(_lines(lines)))
    notes = [line for line in _lines(lines) if line.startswith("# ")]
    hidden = [(each[0], "(not shown)\n") if inline(each) and each not in declared else each for each in said]
    return [*(line for each in hidden for line in lines_of(each)), *notes]


def _lines(value: Any) -> list[str]:
    return list(value) if told(value) else []
