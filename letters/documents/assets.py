"""The only things a letter can load: a table in memory. No file, no network, whatever a text says."""

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse


class AssetRefused(ValueError):
    """The letter asked for something that is not in its table. WeasyPrint logs it and prints without it."""


class AssetTable(URLFetcher):
    """A WeasyPrint URL fetcher that answers from `assets` (address such as "asset:logo.svg" → bytes) alone."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__()
        # WeasyPrint's own handlers open files, data: and http: addresses.
        self.handlers: list[object] = []
        self._assets = dict(assets)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        """Answer from the table. Raises AssetRefused for every other address."""
        if url not in self._assets:
            raise AssetRefused(f"not an asset of this letter: {url[:200]}")
        return URLFetcherResponse(url, self._assets[url])
