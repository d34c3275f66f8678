"""The outbox under `kill -9` and restarts: a real relay, real senders, and a count of what was lost or went twice."""
