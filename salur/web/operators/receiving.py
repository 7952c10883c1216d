"""Files of an operator on their way from the request into the sealed store."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from flask import Blueprint, g

from salur.core.errors import Refused
from salur.core.officers.roles import Role
from salur.core.uploads.answers import Arrived, Upload
from salur.core.uploads.kinds import UploadKind
from salur.web.context import services
from salur.web.guard import officer, officer_or_none
from salur.web.http.uploads import RECEIVERS

if TYPE_CHECKING:
    from collections.abc import Buffer  # type: ignore[attr-defined]
    from typing import IO


class Stream(io.RawIOBase):
    """What a form's parser writes a file to. It can be written once, and is never read."""

    def __init__(self, arriving: Arrived) -> None:
        self.arriving = arriving

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, piece: Buffer) -> int:
        """Seal and keep it."""
        return self.arriving.write(bytes(piece))

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Parsers go back to the start when all is there; there is nothing to go back to."""
        return offset


def takes_files(blueprint: Blueprint, *endpoints: str) -> None:
    """Let files sent to these views of a blueprint go into the store; what a request leaves there unused is deleted."""
    for endpoint in endpoints:
        RECEIVERS[f"{blueprint.name}.{endpoint}"] = _receive, _may_send

    @blueprint.teardown_request
    def discard(_error: BaseException | None) -> None:
        for stream in g.pop("arriving", ()):
            stream.arriving.discard()


@contextmanager
def arrived() -> Iterator[list[Arrived]]:
    """The files of this request, for the block to take; where it refuses them, they are deleted."""
    files = [stream.arriving for stream in g.pop("arriving", ())]
    try:
        yield files
    except Refused:
        for file in files:
            file.discard()
        raise


def sender() -> tuple[int, str]:
    """Whose a file is: the account, and the region of its office."""
    return officer().account, officer().territory.region_code


def upload_of(id: int, kind: UploadKind) -> Upload:
    """An upload of one's own office. Raises NotThere."""
    return services().uploads.show(id, officer().territory.region_code, kind)


def stop_work_on(upload: Upload) -> None:
    """Stop what is being done with it."""
    if upload.job is not None:
        services().jobs.stop(upload.job.id)


def _receive(name: str) -> IO[bytes]:
    stream = Stream(services().uploads.receive(name, officer().territory.region_code))
    g.setdefault("arriving", []).append(stream)
    return cast("IO[bytes]", stream)


def _may_send() -> bool:
    who = officer_or_none()
    return who is not None and who.role is Role.DINSOS
