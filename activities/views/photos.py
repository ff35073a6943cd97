"""Photos: their files to those who may see them, and what the center does with them."""

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.access import led_activity
from activities.choices import ActivityState
from activities.forms.records import ConsentForm, PhotosForm
from activities.models import Photo
from activities.selectors.desk import names_without_photo_consent
from activities.services.photos import MOST_PHOTOS, STORAGE, add_photos, hide_photo, remove_photo, show_photo
from common.http.forms import render_form, submit_action, submit_form
from common.http.views import posted, private_action, private_form, public_page


@public_page
def photo_file(request: HttpRequest, name: str) -> HttpResponse:
    """Public for photos shown with consent; others to those who work for the center."""
    photo = get_object_or_404(Photo.objects.visible_to(request.user), name=name)
    try:
        with storages[STORAGE].open(photo.name) as file:
            response = HttpResponse(file.read(), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
    if not request.user.is_authenticated:
        # A consent may be taken back: browsers ask again, and no cache in between keeps it.
        response.headers["Cache-Control"] = "private, no-cache"
    return response


@private_form
def photo_list(request: SignedInRequest, reference: str) -> HttpResponse:
    """Photos of an activity: add, take away, show to residents with consent."""
    activity = led_activity(request.user, reference)
    here = reverse("activities:photo_list", args=[activity.reference])
    form = PhotosForm(posted(request), request.FILES or None)
    done = submit_form(
        request,
        form,
        lambda data: add_photos(actor=request.user, activity=activity, photos=form.new_photos()),
        success=_("The photos are kept. Residents don't see them."),
        redirect_to=here,
    )
    photos, is_archived = list(activity.photos.all()), activity.state == ActivityState.ARCHIVED
    context = {
        "activity": activity,
        "center": activity.center,
        "photos": photos,
        "consent_form": ConsentForm(),
        "most_photos": MOST_PHOTOS - len(photos),
        "can_add": len(photos) < MOST_PHOTOS and not is_archived,
        "is_archived": is_archived,
        "refusers": names_without_photo_consent(activity) if photos else [],
    }
    return done or render_form(request, "activities/photo_list.html", form, context)


@private_action
def photo_remove(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Take a photo away."""
    photo = _led_photo(request, reference, name)
    return submit_action(
        request,
        lambda _typed: remove_photo(actor=request.user, photo=photo),
        success=_("The photo is gone."),
        redirect_to=reverse("activities:photo_list", args=[reference]),
    )


@private_action
def photo_show(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Show a photo to residents, with who consented and how."""
    photo = _led_photo(request, reference, name)
    return submit_action(
        request,
        lambda typed: show_photo(actor=request.user, photo=photo, consent=typed["consent"]),
        success=_("Residents see this photo now."),
        redirect_to=reverse("activities:photo_list", args=[reference]),
        form=ConsentForm(request.POST),
    )


@private_action
def photo_hide(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Keep a photo from residents again."""
    photo = _led_photo(request, reference, name)
    return submit_action(
        request,
        lambda _typed: hide_photo(actor=request.user, photo=photo),
        success=_("Residents don't see this photo any more."),
        redirect_to=reverse("activities:photo_list", args=[reference]),
    )


def _led_photo(request: SignedInRequest, reference: str, name: str) -> Photo:
    activity = led_activity(request.user, reference)
    photo: Photo = get_object_or_404(activity.photos.select_related("activity"), name=name)
    return photo
