"""Imports of sheets, their rows with what became of each, and the columns remembered for a form of sheet."""

from imports.models.imports import Import, MappingMemory
from imports.models.rows import IDENTITY_ONCE, ImportRow

__all__ = ["IDENTITY_ONCE", "Import", "ImportRow", "MappingMemory"]
