"""Files that an operator has sent, until they are a list or thrown away."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Digest, GivenId, Moment, RegionCode, Sealed, Table


class UploadRow(Table):
    """One file, or the files of one round: what will be one list."""

    __tablename__ = "upload"

    id: Mapped[GivenId]
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"))
    region_code: Mapped[RegionCode]  # of the office that sent it
    made_at: Mapped[Moment]
    state: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default="list")  # what it will be: an UploadKind
    columns: Mapped[str | None] = mapped_column(Text)  # field → letters, as the operator corrected them; JSON
    headers: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # keyed digest of its headers
    sender: Mapped[str | None]  # who sends it, as the operator named them: an office
    list_id: Mapped[int | None] = mapped_column(BigInteger)  # the list it became, or is becoming
    payout_file_id: Mapped[int | None] = mapped_column(BigInteger)  # the report of payments it became
    sealed_findings: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_patches: Mapped[bytes | None] = mapped_column(LargeBinary)  # rows that came back corrected


class UploadFileRow(Table):
    """A file. Until all of it has arrived and was accepted, it belongs to no upload."""

    __tablename__ = "upload_file"

    id: Mapped[GivenId]
    upload_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("upload.id", ondelete="CASCADE"), index=True)
    region_code: Mapped[RegionCode]
    made_at: Mapped[Moment]
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    digest: Mapped[Digest | None]
    sealed_name: Mapped[Sealed]


class UploadChunkRow(Table):
    """A piece of a file; ids rise from its beginning to its end."""

    __tablename__ = "upload_chunk"

    id: Mapped[GivenId]
    file_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("upload_file.id", ondelete="CASCADE"), index=True)
    sealed_content: Mapped[Sealed]


class UploadFaultRow(Table):
    """A row with faults, to be given back to the sender before anything is imported."""

    __tablename__ = "upload_fault"

    id: Mapped[GivenId]
    upload_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("upload.id", ondelete="CASCADE"), index=True)
    row: Mapped[str]  # `12` or `SHEET!12`
    codes: Mapped[str]  # `nik:nik_not_16_digits kk:kk_missing`
    sealed_cells: Mapped[Sealed]


class ColumnMemoryRow(Table):
    """What an operator said of the columns of files with these headers, from this sender, to the office of a region."""

    __tablename__ = "column_memory"

    headers: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    region_code: Mapped[str] = mapped_column(Text, primary_key=True)
    sender: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)  # keyed digest; empty: nobody was named
    columns: Mapped[str] = mapped_column(Text)  # JSON
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"))
    made_at: Mapped[Moment]
