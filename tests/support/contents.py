"""The words of a response, whatever its kind: a page, a workbook, a zip, a PDF."""

import io
import zipfile
from typing import Any

from pypdf import PdfReader


def words_of(response: Any) -> str:
    """All text of a response; of a zip, and of the workbooks that are one, that of every file in it."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return words(content)


def words(content: bytes) -> str:
    """All text of a file, by its first bytes."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(f"{name}\n{words(archive.read(name))}" for name in archive.namelist())
    if content.startswith(b"%PDF-"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8", "replace")
