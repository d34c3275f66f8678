"""The square that leads to the verification page, as vector paths."""

from io import BytesIO

import segno


def qr_svg(url: str) -> str:
    """An inline <svg> of `url`, error correction M, scaled by CSS; it has a <title> for those who cannot see it."""
    drawing = BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(drawing, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, title=f"QR code: {url}", svgclass=None, lineclass=None)
    return drawing.getvalue().decode().strip()
