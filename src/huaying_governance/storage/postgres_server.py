"""PostgreSQL 服务器: how it is reached, recognised and brought up to date, and what its errors mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from huaying_governance.errors import MissingExtra, StoreError
from huaying_governance.storage import postgres_layout as layout
from huaying_governance.text import Text

if TYPE_CHECKING:
    import psycopg

SESSION = (
    # Acknowledged means on disk, whatever the server's default; settings stronger than `on` stay.
    """SELECT set_config('synchronous_commit', 'on', false)
       WHERE current_setting('synchronous_commit') IN ('off', 'local')""",
    "SET default_transaction_isolation = 'read committed'",
    "SET lock_timeout = '10s'",
    "SET client_encoding = 'UTF8'",
)


def connect(address: str, *, create: bool) -> tuple[psycopg.Connection[Any], int]:
    """Return a connection to the store at `address`, made or brought up to date where needed, and its epoch."""
    try:
        import psycopg  # noqa: PLC0415 - an optional library
    except ImportError as error:
        raise MissingExtra("postgres", "a PostgreSQL store") from error
    place = "postgresql"
    try:
        place = place_of(address)
        connection = psycopg.connect(address, autocommit=True, connect_timeout=10)
    except psycopg.Error as error:
        raise explain(error, place) from None  # the cause may repeat the address, and that its password
    try:
        for statement in SESSION:
            connection.execute(statement)
        return connection, _prepare(connection, place, create=create)
    except BaseException as error:
        connection.close()
        if isinstance(error, psycopg.Error):
            raise explain(error, place) from error
        raise


def place_of(address: str) -> str:
    """Return the address without its user and password."""
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - an optional library

    parts = conninfo_to_dict(address)
    return f"postgresql://{parts.get('host') or ''}:{parts.get('port') or 5432}/{parts.get('dbname') or ''}"


def _prepare(connection: psycopg.Connection[Any], place: str, *, create: bool) -> int:
    if connection.execute("SELECT to_regclass('huaying_store')").fetchall() == [(None,)] and not create:
        raise StoreError(
            "missing",
            Text("{p} 中没有本库的存储", "there is no store in {p}").fill(p=place),
            Text("核对地址，或先运行以建立存储", "check the address, or make the store by a run first"),
        )
    held = _layout(connection)
    if held > len(layout.STEPS):
        raise StoreError(
            "newer",
            Text("存储 {p} 由更新的版本写成", "the store {p} was written by a newer version").fill(p=place),
            Text("升级 huaying-governance", "upgrade huaying-governance"),
        )
    if held < len(layout.STEPS):
        with connection.transaction():
            connection.execute(layout.LOCK)
            for step in layout.STEPS[_layout(connection) :]:
                for statement in step:
                    connection.execute(statement.encode())
            connection.execute("UPDATE huaying_store SET layout = %s", (len(layout.STEPS),))
    ((epoch, ahead),) = connection.execute(layout.BEHIND.encode()).fetchall()
    if ahead:
        return int(epoch)
    ((epoch,),) = connection.execute(layout.RAISE_EPOCH.encode()).fetchall()
    return int(epoch)


def _layout(connection: psycopg.Connection[Any]) -> int:
    if connection.execute("SELECT to_regclass('huaying_store')").fetchall() == [(None,)]:
        return 0
    return int(connection.execute(layout.LAYOUT).fetchall()[0][0])


_UNREACHABLE = (
    "unreachable",
    Text("存储 {p} 连接不上", "the store {p} cannot be reached"),
    Text("核对地址、库名、口令和网络，再试", "check address, database, password and network, and try again"),
)
_RACED = (
    "raced",
    Text("另一程序先写入了存储 {p}", "another program was faster in writing the store {p}"),
    Text("重新读取后再试", "read again and try again"),
)
_MEANINGS: dict[str, tuple[str, Text, Text]] = {
    "08": _UNREACHABLE,
    "57": _UNREACHABLE,
    "25": (
        "read-only",
        Text("存储 {p} 只读", "the store {p} may not be written"),
        Text("连接主库", "connect to the primary server"),
    ),
    "42501": (
        "read-only",
        Text("账号无权写入存储 {p}", "this account may not write the store {p}"),
        Text("请管理员授权", "ask the administrator for the right"),
    ),
    "42": (
        "damaged",
        Text("存储 {p} 的表不完整", "the tables of the store {p} are not as they were made"),
        Text("从备份恢复，再以封条核对", "restore it from a backup, and verify that against a seal"),
    ),
    "53": (
        "full",
        Text(
            "存储 {p} 的服务器资源已尽（磁盘、内存或连接数）",
            "the server of {p} is out of disk, memory or connections",
        ),
        Text(
            "腾出资源后重试；已确认的内容不受影响", "make room and try again; what was acknowledged is safe"
        ),
    ),
    "23": _RACED,
    "40": _RACED,
    "55P03": (
        "locked",
        Text("存储 {p} 正被另一程序写入", "the store {p} is being written by another program"),
        Text("待其结束后重试", "wait for it to end and try again"),
    ),
    "": (
        "input-output",
        Text("存储 {p} 读写出错", "reading or writing the store {p} failed"),
        Text(
            "检查服务器后重试；已确认的内容不受影响",
            "check the server and try again; what was acknowledged is safe",
        ),
    ),
}


def explain(error: psycopg.Error, place: str) -> StoreError:
    """Return what an error of PostgreSQL means for the user. Errors without a code come from the connection."""
    code = error.sqlstate or "08"
    reason, message, cure = next(_MEANINGS[key] for key in (code, code[:2], "") if key in _MEANINGS)
    return StoreError(reason, message.fill(p=place), cure)
