"""The same service with Django, in one file: settings, addresses, views.

pip install huaying-governance django
HUAYING_STORE=sqlite:///office.db python django_app.py 8000
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from typing import Any

from django.conf import settings

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        ROOT_URLCONF=__name__,
        SECRET_KEY=os.environ.get("DJANGO_SECRET_KEY", os.urandom(32).hex()),
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        DEBUG=False,
    )

import django
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST
from front_office import Office

django.setup()
OFFICE = Office(
    os.environ.get("HUAYING_STORE", "sqlite:///office.db"), window=(date(2026, 1, 1), date(2026, 12, 31))
)


def _body(request: HttpRequest) -> dict[str, Any]:
    body = json.loads(request.body or b"{}")
    if not isinstance(body, dict):
        raise TypeError("an object is expected")
    return body


def _asked(request: HttpRequest, do: Any, *names: str) -> JsonResponse:
    try:
        body = _body(request)
    except (TypeError, ValueError):
        told = {"zh": "请求体须为 JSON 对象", "en": "the body must be a JSON object"}
        return JsonResponse({"problems": [told]}, status=422)
    status, told = do(*names, body, *([] if do == OFFICE.screen else [_key(request)]))
    return JsonResponse(told, status=status)


def _key(request: HttpRequest) -> str:
    return request.headers.get("Idempotency-Key", "")


@require_POST
def screen(request: HttpRequest) -> JsonResponse:
    """交办审核."""
    return _asked(request, OFFICE.screen)


@require_POST
def register(request: HttpRequest) -> JsonResponse:
    """登记."""
    return _asked(request, OFFICE.register)


@require_GET
def show(_request: HttpRequest, entry: str) -> JsonResponse:
    """查询."""
    status, told = OFFICE.entry(entry)
    return JsonResponse(told, status=status)


@require_POST
def act(request: HttpRequest, entry: str) -> JsonResponse:
    """办理."""
    return _asked(request, OFFICE.act, entry)


@require_POST
def claim(request: HttpRequest, claim: str) -> JsonResponse:
    """申报."""
    return _asked(request, OFFICE.claim, claim)


@require_POST
def act_on_claim(request: HttpRequest, claim: str) -> JsonResponse:
    """申报办理."""
    return _asked(request, OFFICE.act_on_claim, claim)


urlpatterns = [
    path("assignments/screen", screen),
    path("entries", register),
    path("entries/<str:entry>", show),
    path("entries/<str:entry>/actions", act),
    path("claims/<str:claim>", claim),
    path("claims/<str:claim>/acts", act_on_claim),
]
application = get_wsgi_application()

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line(["django_app", "runserver", "--noreload", *sys.argv[1:]])
