"""Handing a page's script what it needs, without a script in the page."""

from __future__ import annotations

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """JSON for a `data-` attribute; the template escapes it like any text."""
    return json.dumps(value, cls=DjangoJSONEncoder)
