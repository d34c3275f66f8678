"""Assembly: settings, addresses, the worker, the database. No rules live here."""
