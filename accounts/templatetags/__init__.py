"""Filters of the templates under `/accounts/`."""
