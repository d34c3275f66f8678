"""The workspace: Django's admin engine with our own look and our own rules of who may."""

from accounts.admin.site import site

__all__ = ["site"]
