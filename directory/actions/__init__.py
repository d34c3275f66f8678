"""What curators and operators do with the directory; audited under the platform."""
