"""The table of Django's database cache."""

from __future__ import annotations

from django.db import models


class CacheEntry(models.Model):
    """How often somebody tried to sign in; read and written by Django's `DatabaseCache` alone.

    A model, because the application's login may not make tables, so that `createcachetable` is of no use here.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
