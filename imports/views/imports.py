"""Imports of old sheets: the list, the file, its columns, the dry run, starting, stopping, taking back."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.access import leading_center
from centers.models import Center
from centers.selectors.switcher import switcher_of
from common.http.forms import render_form, submit_action, submit_form
from common.http.htmx import render_page
from common.http.next_page import next_of
from common.http.views import posted, private_action, private_form, private_page
from common.sheets import writing
from imports.access import own_import, row_of
from imports.forms.imports import AnswerForm, ColumnsForm, SheetForm, UndoForm, UploadForm
from imports.selectors.imports import import_page, imports_of, is_remembered
from imports.selectors.refused import refused_rows
from imports.services.checking import answer_row
from imports.services.undoing import undo_import
from imports.services.uploads import choose_sheet, match_columns, upload_sheet
from imports.services.writing import start_import, stop_import
from imports.values.words import rows_words

IMPORTS_A_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@private_page
def import_list(request: SignedInRequest) -> HttpResponse:
    """Imports of the centers one works for."""
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    page = Paginator(imports_of(request.user), IMPORTS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "reach": reach, "center": reach.chosen}
    return render_page(request, "imports/import_list.html", "imports/partials/_imports.html", context)


@private_form
def import_create(request: SignedInRequest) -> HttpResponse:
    """Ask for a file (GET), keep it and look into it (POST)."""
    center = _center_of(request)
    form = UploadForm(posted(request), request.FILES or None)
    done = submit_form(
        request,
        form,
        lambda data: upload_sheet(
            actor=request.user, center=center, name=data["file"].name, data=data["file"].read(), key=data["key"]
        ),
        success="",
        redirect_to=lambda made: made.get_columns_url(),
    )
    return done or render_form(request, "imports/import_create.html", form, {"center": center})


@private_form
def import_columns(request: SignedInRequest, reference: str) -> HttpResponse:
    """Columns and what each holds: as last time, as guessed, or as chosen here; then all rows are tried."""
    imported = own_import(request.user, reference)
    form = ColumnsForm(posted(request), imported=imported)
    done = submit_form(
        request,
        form,
        lambda data: match_columns(actor=request.user, imported=imported, columns=form.columns(), kind=data["kind"]),
        success="",
        redirect_to=imported.get_absolute_url(),
    )
    context = {"imported": imported, "center": imported.center, "columns": form.rows(is_remembered(imported))}
    return done or render_form(request, "imports/import_columns.html", form, context)


@private_action
def import_sheet(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take another sheet of the same file."""
    imported = own_import(request.user, reference)
    return submit_action(
        request,
        lambda typed: choose_sheet(actor=request.user, imported=imported, sheet_name=typed["sheet"]),
        success="",
        redirect_to=imported.get_columns_url(),
        form=SheetForm(request.POST),
    )


@private_page
def import_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """The dry run row by row, how far a worker is, or what was imported. Nothing here writes."""
    imported = own_import(request.user, reference)
    asked = {name: request.GET.get(name, "") for name in ("show", "row")}
    context = import_page(imported, show=asked["show"], number=asked["row"], page=request.GET.get("page"))
    context["here"] = request.get_full_path()
    return render_page(request, "imports/import_detail.html", "imports/partials/_import.html", context)


@private_action
def import_answer(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Answer the question of a row, or of all that ask the same."""
    imported = own_import(request.user, reference)
    row = row_of(imported, number)
    return submit_action(
        request,
        lambda typed: answer_row(actor=request.user, row=row, answer=typed["answer"], alike=typed["alike"]),
        success=lambda count: _("Decided: %(rows)s.") % {"rows": rows_words(count)},
        redirect_to=next_of(request) or imported.get_absolute_url(),
        form=AnswerForm(request.POST),
    )


@private_action
def import_start(request: SignedInRequest, reference: str) -> HttpResponse:
    """Have the rows that are ready imported."""
    imported = own_import(request.user, reference)
    return submit_action(
        request,
        lambda _typed: start_import(actor=request.user, imported=imported),
        success="",
        redirect_to=imported.get_absolute_url(),
    )


@private_action
def import_stop(request: SignedInRequest, reference: str) -> HttpResponse:
    """Stop a running import behind the rows that it is at."""
    imported = own_import(request.user, reference)
    return submit_action(
        request,
        lambda _typed: stop_import(actor=request.user, imported=imported),
        success=_("It stops in a moment. What is imported by then stays."),
        redirect_to=imported.get_absolute_url(),
    )


@private_form
def import_undo(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say what taking back does (GET), and have it done (POST)."""
    imported = own_import(request.user, reference)
    form = UndoForm(posted(request))
    done = submit_form(
        request,
        form,
        lambda _typed: undo_import(actor=request.user, imported=imported),
        success="",
        redirect_to=imported.get_absolute_url(),
    )
    context = {
        "imported": imported,
        "center": imported.center,
        "standing": imported.rows.standing().count(),
    }
    return done or render_form(request, "imports/import_undo.html", form, context)


@private_page
def import_refused(request: SignedInRequest, reference: str) -> HttpResponse:
    """The rows that weren't imported, with why, as a sheet to correct and send again."""
    imported = own_import(request.user, reference)
    response = HttpResponse(writing.workbook(_("To correct"), refused_rows(imported)), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="import-{imported.reference}.xlsx"'
    return response


def _center_of(request: SignedInRequest) -> Center:
    """The center in the address, else the first of the person's own."""
    if code := request.GET.get("center"):
        return leading_center(request.user, code)
    reach = switcher_of(request.user)
    if reach is None:
        raise Http404
    return reach.chosen
