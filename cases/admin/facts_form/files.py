"""Several files in one field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from typing_extensions import override

from cases.actions.evidence import checked_size, checked_type
from cases.intake.evidence import MAX_EVIDENCE_BYTES

AT_A_TIME = f"{MAX_EVIDENCE_BYTES // 1024**2} MB at a time, all files together"
WHAT_IS_TAKEN = f"Pictures, PDF, documents, e-mail, sound and film; {AT_A_TIME}."


class SeveralFiles(forms.FileInput):
    """A choice of any number of files."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Files as they were chosen; `checked=False` where an intake says what they are."""

    def __init__(self, label: str, help_text: str = "", *, checked: bool = True) -> None:
        super().__init__(label=label, help_text=help_text, required=False, widget=SeveralFiles)
        self._checked = checked

    @override
    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Give all files. Raises ValidationError with one message for each that is not taken."""
        files = list(data) if isinstance(data, Sequence) else []
        problems = [problem for file in files if self._checked and (problem := _problem(file))]
        if problems:
            raise forms.ValidationError(problems)
        return files


def _problem(file: UploadedFile[Any]) -> str:
    name = file.name or ""
    try:
        checked_size(file.size or 0)
        checked_type(name, file.read())
    except forms.ValidationError as error:
        return f"{name}: {error.messages[0]}"
    finally:
        file.seek(0)
    return ""
