"""Draw letter.png, two pages of a letter of fictitious people: `.venv/bin/python -m docs.images.make_letter`."""

import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from letters.documents.compose import document_title, letter_html, stylesheet
from letters.documents.render import render_pdf
from tests.letters.facts_samples import embassy

PAGES = (1, 4)
GAP = 12  # pixels between the pages and around them


def main() -> None:
    """Print the letter, take two of its pages, and put them side by side."""
    facts = embassy()
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder, "letter.pdf")
        pdf.write_bytes(
            render_pdf(
                letter_html(facts),
                stylesheet=stylesheet(facts),
                title=document_title(facts),
                language="en",
                author=facts.sender.name,
                created=datetime(2026, 9, 2, tzinfo=UTC),
            )
        )
        subprocess.run(["pdftoppm", "-r", "80", "-png", pdf, pdf.with_suffix("")], check=True)
        pages = [Image.open(Path(folder, f"letter-{number}.png")) for number in PAGES]
        width, height = pages[0].size
        sheet = Image.new("RGB", (2 * width + 3 * GAP, height + 2 * GAP), "#c8ccd0")
        for place, page in enumerate(pages):
            sheet.paste(page, (GAP + place * (width + GAP), GAP))
    sheet.quantize(48, dither=Image.Dither.NONE).save(Path(__file__).with_name("letter.png"), optimize=True)


if __name__ == "__main__":
    main()
