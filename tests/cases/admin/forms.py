"""A form as a browser would send it back: every control of the page with its value."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from typing_extensions import override


class FormReader(HTMLParser):
    """Collects the controls of the first form of `<main>` that is not inside a template."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._main = self._form = False
        self._template = 0
        self._select = self._text = ""
        self._chosen: str | None = None

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self._main = self._main or tag == "main"
        self._template += tag == "template"
        if tag == "form" and self._main:
            self._form = True
        if not self._form or self._template:
            return
        name = found.get("name", "")
        if tag == "input" and name:
            self._input(name, found)
        elif tag == "select":
            self._select, self._chosen = name, None
        elif tag == "option" and self._select and (self._chosen is None or "selected" in found):
            self._chosen = found.get("value", "")
        elif tag == "textarea":
            self._text = name
            self.values[name] = ""

    def _input(self, name: str, found: dict[str, str]) -> None:
        kind = found.get("type", "text")
        if kind == "file" or (kind in ("checkbox", "radio") and "checked" not in found):
            return
        self.values[name] = found.get("value", "on" if kind == "checkbox" else "")

    @override
    def handle_endtag(self, tag: str) -> None:
        self._template -= tag == "template"
        if tag == "select" and self._select:
            self.values[self._select] = self._chosen or ""
            self._select = ""
        elif tag == "textarea":
            self.values[self._text] = self.values[self._text].removeprefix("\r\n").removeprefix("\n")
            self._text = ""
        elif tag == "form":
            self._form = self._main = False

    @override
    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text] += data


def controls(response: Any) -> dict[str, Any]:
    """What the page's form would send, if nobody touched it."""
    reader = FormReader()
    reader.feed(response.content.decode())
    return reader.values
