"""Import of a sheet of organisations: the file, its dry run, the writing; and an empty sheet to begin with."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from centers.access import managed_center
from centers.models import Center
from common.http.forms import render_form, submit_form
from common.http.views import posted, private_form, private_page
from organizations.forms.imports import ApplyForm, UploadForm, carried
from organizations.selectors.imports import dry_run
from organizations.services.imports import ImportReport, import_organizations, try_import
from organizations.values.import_rows import HEADINGS, ImportRow, read_rows


@private_form
def organization_import(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a sheet (GET), and say of each row what would become of it (POST). Nothing is written."""
    center = managed_center(request.user, code)
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        lines = form.cleaned_data["file"]
        again = ApplyForm(center_code=code, initial={"rows": carried(lines, code)})
        return _tried(request, center, again, read_rows(lines))
    return render_form(request, "organizations/import_upload.html", form, {"center": center, "headings": HEADINGS})


@private_form
def organization_import_apply(request: HttpRequest, code: str) -> HttpResponse:
    """Write the rows that were tried. Looked at without them, it leads back to the file."""
    center = managed_center(request.user, code)
    form = ApplyForm(posted(request), center_code=code)
    done = submit_form(
        request,
        form,
        lambda typed: import_organizations(actor=request.user, center=center, **typed),
        success=told,
        redirect_to=reverse("organizations:organization_list_manage", args=[code]),
    )
    return done or _tried(request, center, form, form.cleaned_data.get("rows", []) if form.is_bound else [])


@private_page
def import_template(request: HttpRequest, code: str) -> HttpResponse:
    """An empty sheet with the headings, in UTF-8 with the mark that Excel looks for."""
    managed_center(request.user, code)
    response = HttpResponse("\ufeff" + ",".join(HEADINGS) + "\r\n", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="organizations.csv"'
    return response


def told(report: ImportReport) -> str:
    """Words for what an import did."""
    return _("Imported: %(created)s new, %(changed)s changed, %(known)s known before, %(left_out)s left out.") % {
        "created": report.created,
        "changed": report.changed,
        "known": report.known,
        "left_out": report.left_out,
    }


def _tried(request: HttpRequest, center: Center, form: ApplyForm, rows: list[ImportRow]) -> HttpResponse:
    """The dry run's page."""
    verdicts = try_import(actor=request.user, center=center, rows=rows)
    context: dict[str, Any] = {"center": center, **dry_run(verdicts)}
    return render_form(request, "organizations/import_verdicts.html", form, context)
