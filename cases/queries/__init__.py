"""Questions asked of cases."""
