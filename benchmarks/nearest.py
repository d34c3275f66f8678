"""The nearest-mission query, beside the plain query for the embassies' rows that it cannot do without."""

from benchmarks.measure import line, seconds
from directory.models import Mission
from directory.queries import nearest_embassy

_PLACES = [("PY", "Asunción"), ("LT", "Kaunas"), ("BT", ""), ("US", "Worcester"), ("LI", "Vaduz"), ("TV", "Funafuti")]


def main() -> None:
    """Print the line."""
    ours, rows = seconds(
        lambda: [nearest_embassy("CN", country, city) for country, city in _PLACES],
        lambda: [list(Mission.objects.filter(sending_country="CN", kind="embassy")) for _ in _PLACES],
    )
    count = len(_PLACES)
    line("nearest embassy", ours / count * 1000, "ms", f"reading the rows {rows / count * 1000:.3g} ms", ours / rows)
