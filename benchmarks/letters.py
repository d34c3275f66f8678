"""Letters per second for the whole path, beside the three usual ways to print the same facts; memory and size."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import weasyprint
from playwright.sync_api import sync_playwright

from accounts.certificates import self_signed
from benchmarks.case import embassy_letter, whole_set
from benchmarks.measure import line, processor_seconds, seconds
from benchmarks.reportlab_letter import print_with_reportlab
from benchmarks.whole_path import whole_path
from letters.documents.compose import letter_html
from letters.documents.fonts import FONTCONFIG_FILE, ensure_fonts
from letters.documents.render import stop_renderer
from letters.documents.stylesheet import stylesheet
from letters.facts import LetterFacts

_HERE = Path(__file__).parent
_MEBIBYTE = 1024 * 1024
_CHROMIUM = Path("/usr/bin/chromium")


def main() -> None:
    """Print the lines."""
    facts = embassy_letter()
    key = self_signed("Example Aid Society", datetime.now(UTC))
    ours: Callable[[], object] = lambda: whole_path(facts, key)  # noqa: E731
    beside: dict[str, Callable[[], object]] = {
        "plain WeasyPrint": lambda: plain_weasyprint(facts),
        "ReportLab, untagged": lambda: print_with_reportlab(facts),
    }
    with ExitStack() as stack:
        if _CHROMIUM.exists():
            on_new_page, on_same_page = stack.enter_context(chromium(styled(facts)))
            beside |= {"warm Chromium, a page for each letter": on_new_page}
            beside |= {"warm Chromium, always one page": on_same_page}
        else:
            print(f"letter beside Chromium: left out, {_CHROMIUM} is not installed")
        mine, *others = seconds(ours, *beside.values(), rounds=15)
        work, *works = processor_seconds(ours, *beside.values())
    for name, other in zip(beside, others, strict=True):
        line(f"letter, whole path, beside {name}", 1 / mine, "letters/s", f"{1 / other:.3g} letters/s", mine / other)
    for name, other in zip(beside, works, strict=True):
        figures = work * 1000, "ms", f"{other * 1000:.3g} ms", work / other
        line(f"letter, whole path, processor time, beside {name}", *figures)
    letters = whole_set()
    whole, plainly = seconds(
        lambda: [whole_path(letter, key) for letter in letters],
        lambda: [plain_weasyprint(letter) for letter in letters],
        rounds=3,
    )
    line(f"case, {len(letters)} letters, whole path", whole, "s", f"plain WeasyPrint {plainly:.3g} s", whole / plainly)
    signed, _ = whole_path(facts, key)
    line("letter, signed, in two languages with 27 transfers", len(signed) / 1024, "KiB")
    stop_renderer()
    line("worker memory, with its renderer", worker_memory() / _MEBIBYTE, "MiB", "limit 250 MiB")


def plain_weasyprint(facts: LetterFacts) -> bytes:
    """The same HTML with a plain style sheet, printed as WeasyPrint's manual shows it on its first page."""
    style = f"<style>{(_HERE / 'plain.css').read_text()}</style></head>"
    pdf: bytes = weasyprint.HTML(string=letter_html(facts).replace("</head>", style)).write_pdf()
    return pdf


def styled(facts: LetterFacts) -> str:
    """Our HTML with our own style sheet in it, for a browser: exactly what our renderer is given."""
    return letter_html(facts).replace("</head>", f"<style>{stylesheet(facts)}</style></head>")


@contextmanager
def chromium(html: str) -> Iterator[tuple[Callable[[], bytes], Callable[[], bytes]]]:
    """Two functions that print `html` in a running browser, in the faces of our letters.

    The first on a new page in a context of its own, as keeps letters of different victims apart; the second on one
    page that stays open.
    """
    ensure_fonts()
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(FONTCONFIG_FILE)}
    # In a thread of its own: Playwright keeps an event loop running, beside which nothing can be signed.
    with ThreadPoolExecutor(max_workers=1) as thread:
        playwright = thread.submit(sync_playwright().start).result()
        start = partial(playwright.chromium.launch, executable_path=str(_CHROMIUM), env=environment)
        browser = thread.submit(start, args=["--no-sandbox"]).result()
        open_page = thread.submit(browser.new_page).result()

        def on_same_page() -> bytes:
            open_page.set_content(html)
            pdf: bytes = open_page.pdf(prefer_css_page_size=True, tagged=True)
            return pdf

        def on_new_page() -> bytes:
            # Each has a context of its own, which closes with it.
            with browser.new_page() as page:
                page.set_content(html)
                pdf: bytes = page.pdf(prefer_css_page_size=True, tagged=True)
            return pdf

        yield tuple(partial(_in, thread, function) for function in (on_new_page, on_same_page))  # type: ignore[misc]
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


def _in(thread: ThreadPoolExecutor, function: Callable[[], bytes]) -> bytes:
    return thread.submit(function).result()


def worker_memory() -> int:
    """Bytes that a Celery worker with its renderer holds after a case's letters: what is its own, and its share."""
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks.worker"], capture_output=True, text=True, check=True, cwd=_HERE.parent
    )
    return int(result.stdout)
