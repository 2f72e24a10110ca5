"""转换: frozen values to plain stored data and back, by one strict converter that this library owns.

cattrs converts silently by default (“否” becomes True, 10.9 becomes 10). Here every type is taken as it is written or
refused, unknown keys are refused, and all faults come together with their paths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin

from attrs import fields, has

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.text import Text

if TYPE_CHECKING:
    from cattrs import Converter

    from huaying_governance.storage.canonical import Json

T = TypeVar("T")
UNREADABLE = Text("存储的数据读不出来：{why}", "stored data cannot be read: {why}")
UNREADABLE_CURE = Text(
    "用写入它的版本读取，或提供升级转换", "read it with the version that wrote it, or upcast it"
)


def written(value: object) -> Mapping[str, Json]:
    """Return an attrs value as stored data; what has its default is left out, so that fields can be added later."""
    return cast(
        "Mapping[str, Json]",
        {
            one.name: held
            for one in fields(type(value))  # type: ignore[arg-type] # attrs classes only
            if one.init and (held := _plain(getattr(value, one.name))) != _plain(one.default)
        },
    )


def read(data: Mapping[str, Json], kind: type[T]) -> T:
    """Return the value that `written` wrote. Raises `Problems` with the path of everything that does not fit."""
    from cattrs import transform_error  # noqa: PLC0415 - cattrs is loaded when something is read
    from cattrs.errors import BaseValidationError  # noqa: PLC0415

    try:
        return converter().structure(dict(data), kind)
    except BaseValidationError as error:
        faults = transform_error(error, format_exception=lambda fault, _: type(fault).__name__)
    raise Problems(
        Problem("unreadable", UNREADABLE.fill(why=why), UNREADABLE_CURE, Place(kind.__name__))
        for why in faults
    )


def _plain(value: object) -> object:
    match value:
        case bool() | int() | str() | None:
            return value
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case tuple() | list():
            return [_plain(one) for one in value]
        case Mapping():
            return {key: _plain(one) for key, one in value.items()}
        case _ if has(type(value)):
            return dict(written(value))
    return None


@cache
def converter() -> Converter:
    """Return the converter: strict types, no unknown keys, detailed errors."""
    from cattrs import Converter  # noqa: PLC0415

    made = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (bool, int, str):
        made.register_structure_hook(kind, _exactly(kind))
    made.register_structure_hook(date, _parsed(date.fromisoformat))
    made.register_structure_hook(datetime, _parsed(datetime.fromisoformat))
    made.register_structure_hook(Decimal, _parsed(Decimal))
    made.register_structure_hook_factory(
        lambda kind: cast(object, get_origin(kind)) is tuple, lambda kind: _listed(made, kind)
    )
    return made


def _listed(made: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    inner = get_args(kind)[0]

    def structure(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise TypeError("list")
        return tuple(made.structure(one, inner) for one in value)

    return structure


def _exactly(kind: type) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(kind.__name__)
        return value

    return structure


def _parsed(parse: Callable[[str], Any]) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not str:
            raise TypeError("text")
        return parse(value)

    return structure
