"""A file as it comes in: straight to its place on disk, stopped when it is too large."""

from __future__ import annotations

import shutil
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from peil.core.errors import NotNow, UserError
from peil.sources.limits import GIGA
from peil.web.pages.data.upload.folder import Upload

MOST = 2 * GIGA
_ROOM = 200 << 20  # that stays free on the disk


class ToFolder(FileUploadHandler):
    """Writes the first file of a form to the folder of an upload, whatever its name; others are left."""

    def __init__(self, upload: Upload) -> None:
        super().__init__()
        self._upload = upload
        self._to: IO[bytes] | None = None
        self.received = 0
        self.too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self._upload.file.exists() and self.field_name == "file":
            self._to = self._upload.file.open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002  Django gives it
        if self._to is None:
            return raw_data
        self.received += len(raw_data)
        if self.received > MOST:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        self._to.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        if self._to is None:
            return None
        self._to.close()
        self._to = None
        return UploadedFile(None, self.file_name or "", self.content_type or "", file_size)

    def upload_interrupted(self) -> None:
        if self._to is not None:
            self._to.close()


def refuse_early(request: HttpRequest, upload: Upload) -> None:
    """What the browser says beforehand: a form too large, or a disk too full for it."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > MOST + (1 << 20):
        raise too_large()
    free = shutil.disk_usage(upload.folder).free
    if free < 2 * length + _ROOM:
        raise NotNow("There is too little space on the server's disk for this file.", "Make room, then try again.")


def too_large() -> UserError:
    return UserError("The file is larger than 2 GB.", "Split it, or export it as Parquet, which is smaller.")
