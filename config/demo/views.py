"""`/outbox/`: what would have been sent. There in the demo only, and for everybody on its machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from config.demo import mailbox
from config.demo.reading import Attachment, read

P = ParamSpec("P")
# What somebody wrote is a file to keep: wherever a browser opens it, it runs nothing and belongs to no site.
_SANDBOX = {"Content-Security-Policy": "default-src 'none'; sandbox"}


def _demo_only(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(*args, **kwargs)

    return require_safe(answer)


@_demo_only
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest messages."""
    rows = [(message, read(message.source)) for message in mailbox.messages(_folder())]
    return render(request, "outbox/outbox.html", {"title": "Outbox", "rows": rows})


@_demo_only
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One message: its headers, its plain text, what came with it."""
    found = _found(name)
    context = {"title": "Message", "message": found, "reading": read(found.source)}
    return render(request, "outbox/message.html", context)


@_demo_only
def source(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001
    """The message as it came, as plain text."""
    return HttpResponse(_found(name).source, content_type="text/plain; charset=utf-8", headers=_SANDBOX)


@_demo_only
def attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:  # noqa: ARG001
    """One file that came with a message, to keep. 404 where there is no such one."""
    for one in read(_found(name).source).attachments:
        if one.number == number:
            return _download(one)
    raise Http404


def _found(name: str) -> mailbox.Message:
    found = mailbox.message(_folder(), name)
    if found is None:
        raise Http404
    return found


def _download(attachment: Attachment) -> HttpResponse:
    media_type = "application/pdf" if attachment.media_type == "application/pdf" else "application/octet-stream"
    disposition = content_disposition_header(as_attachment=True, filename=attachment.name)
    return HttpResponse(
        attachment.data, content_type=media_type, headers=_SANDBOX | {"Content-Disposition": disposition}
    )


def _folder() -> Path:
    return Path(settings.OUTBOX_DIR)
