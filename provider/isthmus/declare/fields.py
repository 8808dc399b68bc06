"""The fields of a declaration, from which constructors, checks, words and the reference come.

Type checkers read a declaration as PEP 681 says: `Property[T]` is an argument that takes a `T` or an output of
one, and an attribute that is an `Output[T]`. `word` makes it optional, `required` does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import get_annotations
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    Literal,
    TypedDict,
    TypeVar,
    Unpack,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
    overload,
)

from isthmus.declare.values import kind_of
from isthmus.engine.menu import Evidence, Word

if TYPE_CHECKING:
    from collections.abc import Awaitable

    import pulumi

T = TypeVar("T")


class Facts(TypedDict, total=False):
    """What is known of a word besides its name and kind; see `isthmus.engine.menu.Word`."""

    name: str
    since: str
    until: str
    evidence: Evidence
    secret: bool
    replaces: bool
    unset: bool | str
    default: str | Mapping[str, str | None]
    cuts: bool
    refers: bool
    drifts: bool


class Field:
    """What stands behind a property: its facts, and at run time its value on a resource."""

    def __init__(self, doc: str, *, required: bool, facts: Facts) -> None:
        self.doc = doc
        self.required = required
        self.facts = facts
        self.attribute = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.attribute = name

    def __get__(self, instance: object | None, owner: type) -> Any:
        return self if instance is None else absent(instance, self.attribute)

    def word(self, annotation: Any, dash: str) -> Word:
        """Return the word that the field declares; `dash` is what the device writes between its parts."""
        facts = {"name": self.attribute.rstrip("_").replace("_", dash), **self.facts}
        return Word(attribute=self.attribute, kind=kind_of(annotation), doc=self.doc, required=self.required, **facts)  # type: ignore[arg-type]


class Output(Field):
    """An attribute that only the provider sets: no word of the router."""


def absent(instance: object, attribute: str) -> Any:
    """Return the value of a property that was not given: an output of None on a resource."""
    unset = getattr(instance, "_absent", None)
    return None if unset is None else unset(attribute)


class Property(Generic[T]):
    """An optional property of type T."""

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: type) -> Property[T]: ...
        @overload
        def __get__(self, instance: object, owner: type) -> pulumi.Output[T]: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: T | Awaitable[T] | pulumi.Output[T] | None) -> None: ...


class Required(Generic[T]):
    """A property of type T that must be given."""

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: type) -> Required[T]: ...
        @overload
        def __get__(self, instance: object, owner: type) -> pulumi.Output[T]: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: T | Awaitable[T] | pulumi.Output[T]) -> None: ...


def word(doc: str, **facts: Unpack[Facts]) -> Any:
    """Declare an optional word of a menu."""
    return Field(doc, required=False, facts=facts)


def required(doc: str, **facts: Unpack[Facts]) -> Any:
    """Declare a word that every item must have."""
    return Field(doc, required=True, facts=facts)


def positional(doc: str, *, kw_only: bool) -> Any:  # noqa: ARG001 - for the reader and the type checker
    """Declare a constructor's argument that is no word and stands without its name, with `kw_only=False`."""
    return None


def output(doc: str, *, init: Literal[False] = False) -> Any:  # noqa: ARG001 - for the type checker
    """Declare an attribute that only the provider sets."""
    return Output(doc, required=False, facts={})


def argument(doc: str) -> Any:  # noqa: ARG001 - for the reader
    """Declare a constructor's argument that is no word, such as `opts`."""
    return None


@dataclass_transform(kw_only_default=True, field_specifiers=(required, positional, output))
class Fields:
    """The base of every declaration."""

    _words: ClassVar[dict[str, Word] | None] = None
    _dash: ClassVar[str] = "-"
    _spelled: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, **facts: Any) -> None:
        """Keep the types of words apart: Pulumi reads a resource's annotations as types of its own."""
        super().__init_subclass__(**facts)
        types = get_annotations(cls)
        cls._spelled = {name: types[name] for name, value in vars(cls).items() if _is_word(value)}
        cls.__annotations__ = {name: hint for name, hint in types.items() if not isinstance(vars(cls).get(name), Field)}

    @classmethod
    def words(cls) -> dict[str, Word]:
        """Return the declared words by attribute, those of base classes first."""
        if "_words" not in cls.__dict__ or cls._words is None:
            cls._words = {name: field.word(annotation, cls._dash) for name, field, annotation in _declared(cls)}
        return cls._words


def _is_word(value: object) -> bool:
    return isinstance(value, Field) and not isinstance(value, Output)


def _declared(cls: type) -> list[tuple[str, Field, Any]]:
    """Return each field with its annotation; a class that declares one again moves nothing in the order."""
    declared = {name: (vars(base)[name], hint) for base in reversed(cls.__mro__) for name, hint in _own(base).items()}
    return [(name, field, _inner(annotation)) for name, (field, annotation) in declared.items()]


def _own(base: type) -> dict[str, Any]:
    """Return the types of the words that one class declares."""
    spelled = {"__annotations__": vars(base).get("_spelled", {}), "__module__": base.__module__}
    return get_type_hints(type(base.__name__, (), spelled), include_extras=True)


def _inner(annotation: Any) -> Any:
    if get_origin(annotation) not in (Property, Required):
        raise TypeError(f"a declared word is a Property[...] or Required[...], found {annotation}")
    return get_args(annotation)[0]
