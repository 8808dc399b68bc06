"""The provider of certificates and their authorities."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from pulumi.dynamic import CheckFailure, CheckResult, CreateResult, DiffResult, UpdateResult

from isthmus.dynamic import process
from isthmus.dynamic.base import Props, Provider, unknown
from isthmus.engine import pki

INPUTS = ("common_name", "usage", "names", "days", "renew_days", "key_type", "rotation", "ca_certificate", "ca_key")
NEW_KEY = ("key_type", "rotation")
"""Inputs whose change brings a new private key; else a renewal keeps it."""


class CertificateProvider(Provider):
    """Makes a certificate with its key, and renews it in time."""

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Refuse what no certificate can be made of."""
        return CheckResult(news, [CheckFailure("", f"Certificate: {problem}") for problem in _problems(news)])

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Compare what is asked, and look at the calendar: one that ends soon is made anew."""
        changed = any(unknown(news.get(name)) or olds.get(name) != news.get(name) for name in INPUTS)
        due = _due(olds, news)
        if due:
            ends = pki.ends(str(olds["certificate"]))
            process.say(f"certificate of {news.get('common_name')}: {_when(ends)}; it is renewed")
        return DiffResult(changes=changed or due)

    def create(self, props: Props) -> CreateResult:
        """Make key and certificate."""
        made = _made(props, pki.new_key(props["key_type"]))
        return CreateResult(str(made["fingerprint"])[:23].replace(":", "").lower(), made)

    def update(self, _id: str, olds: Props, news: Props) -> UpdateResult:
        """Make the certificate anew, with the key that it has unless another is asked for.

        One that is good and in which nothing else is asked for stays, and with it the fingerprint that others know.
        """
        within = all(olds.get(name) == news.get(name) for name in INPUTS if name != "renew_days")
        if within and not _due(olds, news):
            return UpdateResult({**olds, "renew_days": news.get("renew_days")})
        rotated = any(olds.get(name) != news.get(name) for name in NEW_KEY)
        key = pki.new_key(news["key_type"]) if rotated else str(olds["private_key"])
        return UpdateResult(_made(news, key))


def _due(olds: Props, news: Props) -> bool:
    return _now() >= pki.ends(str(olds["certificate"])) - timedelta(days=float(news.get("renew_days") or 0))


def _made(props: Props, key: str) -> Props:
    now = _now()
    subject = pki.Subject(
        str(props["common_name"]),
        now - pki.BACKDATED,
        now + timedelta(days=float(props["days"])),
        props.get("usage"),
        [str(name) for name in props.get("names") or []],
    )
    issuer = pki.Pair(str(props["ca_certificate"]), str(props["ca_key"])) if props.get("ca_certificate") else None
    certificate = pki.certificate(subject, key, issuer)
    return {
        **{name: props.get(name) for name in INPUTS},
        "certificate": certificate,
        "private_key": key,
        "fingerprint": pki.fingerprint(certificate),
        "expires": pki.ends(certificate).isoformat(),
    }


def _problems(props: Props) -> list[str]:
    days, renew = props.get("days"), props.get("renew_days")
    problems = []
    if not unknown(props.get("common_name")) and not 1 <= len(str(props.get("common_name") or "")) <= 64:  # noqa: PLR2004 - RFC 5280, ub-common-name
        problems.append("common_name: expected 1 to 64 characters")
    if not unknown(props.get("key_type")) and props.get("key_type") not in get_args(pki.KeyType):
        problems.append(f"key_type: expected one of {', '.join(get_args(pki.KeyType))}")
    if not unknown(props.get("usage")) and props.get("usage") not in (None, *get_args(pki.Usage)):
        problems.append(f"usage: expected one of {', '.join(get_args(pki.Usage))}")
    if not unknown([days, renew]) and not _fitting(days, renew):
        problems.append("days: expected more than the renew_days before its end on which it is renewed")
    return problems


def _fitting(days: Any, renew: Any) -> bool:
    return isinstance(days, int | float) and isinstance(renew, int | float) and days > renew >= 0


def _when(ends: datetime) -> str:
    return f"{'has ended' if _now() >= ends else 'ends'} on {ends:%Y-%m-%d}"


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
