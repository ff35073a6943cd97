"""Files of photos, to those who may see them."""

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from activities.models import Photo
from activities.services.photos import STORAGE
from common.http.views import public_page


@public_page
def photo_file(request: HttpRequest, name: str) -> HttpResponse:
    """Public for photos shown with consent; others to those who work for the center."""
    photo = get_object_or_404(Photo.objects.visible_to(request.user), name=name)
    try:
        with storages[STORAGE].open(photo.name) as file:
            response = HttpResponse(file.read(), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
    # A consent may be taken back: browsers ask again, and no cache in between keeps it.
    response.headers["Cache-Control"] = "private, no-cache"
    return response
