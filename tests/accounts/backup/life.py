"""Run in an empty installation: two organizations take cases, with evidence, drafts and sealed letters."""

import sys
from pathlib import Path

import django
from django.core.management import call_command

from tests.intakes import CASES

TAKEN = {
    "us-investment-27-transfers.json": "north",
    "us-romance-ghana.json": "south",
    "py-task-work-no-embassy.json": "south",
}


def main(out: Path) -> None:
    """Fill the database and the vault of the environment; the reports themselves go to `out`."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_directory", verbosity=0)
    for slug in ("north", "south"):
        emails = {"sending_email": f"reports@{slug}.example.org", "reply_email": f"answers@{slug}.example.org"}
        call_command("create_organization", slug=slug, name=f"{slug.title()} Victim Support", **emails)
    for case, slug in TAKEN.items():
        try:
            call_command("produce_reports", str(CASES / case), out=out / case, organization=slug)
        except SystemExit as left:
            if left.code not in {0, 1}:
                raise
    call_command("verify_contact", "us-ic3", source="https://www.ic3.gov/", by="Amara Okafor")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
