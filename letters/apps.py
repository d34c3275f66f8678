"""Django's entry for the app."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """The app `letters`."""

    name = "letters"
