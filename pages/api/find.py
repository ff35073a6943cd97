"""The one search over all that the portal has: the page's, with the same form and the same answer. Read only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from centers.selectors.near_choices import NearChoices
from common.api.filters import refuse_blank
from pages.forms.find import LONGEST, FindForm
from pages.selectors.find import FoundRow, find_page


class FoundThingSerializer(serializers.Serializer[Any]):
    """Something that was found."""

    title = serializers.CharField()
    url = serializers.URLField(help_text=_("Its page."))


class FoundGroupSerializer(serializers.Serializer[Any]):
    """The first things found of one kind, and how many there are."""

    kind = serializers.CharField(help_text=_("Kind of thing."))
    count = serializers.IntegerField()
    things = FoundThingSerializer(many=True)


class FoundInAllSerializer(serializers.Serializer[Any]):
    """Things found by kind, or those that sound like the words where nothing was."""

    count = serializers.IntegerField()
    groups = FoundGroupSerializer(many=True)
    alike = FoundThingSerializer(many=True, help_text=_("What sounds like the words, where nothing holds them."))


class FindViewSet(viewsets.GenericViewSet[Any]):
    """Search over centers, rooms, coming activities, services and organisations."""

    permission_classes = (AllowAny,)
    filter_backends = ()
    pagination_class = None

    @extend_schema(
        tags=["find"],
        summary=_("Find anything"),
        description=_(
            "Centers, rooms, coming activities, services and organisations that hold every word, five of a kind: in "
            "Chinese, English or pinyin."
        ),
        parameters=[
            OpenApiParameter(
                "q",
                {"type": "string", "minLength": 1, "maxLength": LONGEST},
                required=True,
                description=_("What you look for"),
            ),
            OpenApiParameter("near", str, description=_("Code of a center: its rooms come first")),
        ],
        responses=forced_singular_serializer(FoundInAllSerializer),
    )
    def list(self, request: Request) -> Response:
        """Answer of the search for `q`. At most 18 queries, however much there is."""
        refuse_blank(request, ["q", "near"])
        form = FindForm(request.query_params)
        form.fields["q"].required = True
        if not form.is_valid():
            raise exceptions.ValidationError(
                {
                    "q": [
                        exceptions.ErrorDetail(words, code=error.code or "invalid")
                        for error in form.errors.as_data()["q"]
                        for words in error.messages
                    ]
                }
            )
        places = NearChoices(request.query_params.get("near", ""))
        found = find_page(form.cleaned_data["q"], "", places, None)
        groups = [
            {"kind": group.kind.name, "count": group.count, "things": _things(request, group.rows)}
            for group in found["groups"]
        ]
        answer = {"count": found["count"], "groups": groups, "alike": _things(request, found["alike"])}
        return Response(FoundInAllSerializer(answer).data)


def _things(request: Request, rows: list[FoundRow]) -> list[dict[str, str]]:
    return [{"title": row.title, "url": request.build_absolute_uri(row.url)} for row in rows]
