"""The demo: fictitious organizations, their people, sample cases, and how to sign in as whom."""
