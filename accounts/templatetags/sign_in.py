"""Filters of the pages under `/accounts/`."""

from __future__ import annotations

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()

# In this order: most browsers also name the ones they descend from.
_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


@register.filter
def as_json(value: object) -> str:
    """JSON for a `data-` attribute, so that no page carries a script; the template escapes it like any text."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def device(user_agent: str) -> str:
    """What a person would call it: `Firefox on Windows`. The browser's own word, so no proof of anything."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "A program")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "an unknown system")
    return f"{browser} on {system}"
