"""What the types of SQLAlchemy leave open, named once.

They follow the columns that are written into one `select(...)`. Ours are put together of tuples of columns
(`columns_of`, `OFFICER`) and of tables that are chosen while Salur runs (`Scope`), where no type can follow. What a
statement gives is said by the named tuple or dataclass that its rows are read into.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, Select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement

AnySelect = Select[*tuple[Any, ...]]
AnyUnion = CompoundSelect[*tuple[Any, ...]]
AnyColumn = ColumnElement[Any]
AnyField = ColumnElement[Any] | InstrumentedAttribute[Any]  # a column, or the attribute of a class of rows
Columns = ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]  # of a table, an alias or a subquery: its `.c`
Binds = list[BindParameter[Any]]  # parameters for values that are told when the statement is run
