"""Pulumi's dynamic providers, one class a family.

State holds a provider as its module path and class name, so neither is ever renamed. Providers have no attributes:
the SDK pickles one into every resource.
"""

from isthmus.dynamic.certificate import CertificateProvider
from isthmus.dynamic.command import CommandProvider
from isthmus.dynamic.item import ItemProvider
from isthmus.dynamic.key import KeyProvider
from isthmus.dynamic.object import ObjectProvider
from isthmus.dynamic.objects import ObjectsProvider
from isthmus.dynamic.rows import RowsProvider
from isthmus.dynamic.secret import SecretProvider
from isthmus.dynamic.settings import SettingsProvider

__all__ = [
    "CertificateProvider",
    "CommandProvider",
    "ItemProvider",
    "KeyProvider",
    "ObjectProvider",
    "ObjectsProvider",
    "RowsProvider",
    "SecretProvider",
    "SettingsProvider",
]
