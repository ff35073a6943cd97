"""An import, or a row of one, that somebody is about to work on. Outside one's centers it doesn't exist (Http404)."""

from django.shortcuts import get_object_or_404

from centers import access
from imports.models import Import, ImportRow


def own_import(user: access.Viewer, reference: str) -> Import:
    """The import of that reference if `user` works for its center."""
    return get_object_or_404(
        Import.objects.visible_to(user).select_related("center", "uploaded_by"), reference=reference
    )


def row_of(imported: Import, number: int) -> ImportRow:
    """The row of that number of an import that `own_import` has loaded."""
    row: ImportRow = get_object_or_404(imported.rows.all(), number=number)
    return row
