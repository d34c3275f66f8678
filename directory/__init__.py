"""Where to: agencies, missions, contact points and playbooks, shared by all organizations."""
