"""The form of a case's facts. Its fields are named by their path in the intake document, and hold what it holds.

The form checks nothing of its own: what is posted becomes an intake document, which is read as a file would be.
"""

from cases.admin.facts_form.entry import Entry

__all__ = ["Entry"]
