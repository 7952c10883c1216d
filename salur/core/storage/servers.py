"""Several servers of PostgreSQL, one of which may be written to: which of them is meant."""

from __future__ import annotations

from sqlalchemy import URL, make_url


def names_several(url: str | URL) -> bool:
    """Whether an address names several servers: `?host=a,b&port=5432,5432`, or `?host=a:5432&host=b:5432`."""
    hosts = make_url(url).query.get("host", "")
    return len(hosts.split(",") if isinstance(hosts, str) else hosts) > 1


def address(url: str) -> URL:
    """Where to connect. Of several servers the one that may be written to is taken, unless the address says otherwise:
    libpq would take the first that answers.
    """
    there = make_url(url)
    if names_several(there) and "target_session_attrs" not in there.query:
        return there.update_query_dict({"target_session_attrs": "read-write"})
    return there


def address_of_standby(url: str) -> str:
    """Where to find one of several servers that may only be read."""
    standby = make_url(url).update_query_dict({"target_session_attrs": "standby"})
    return standby.render_as_string(hide_password=False)
