"""Who we are: organizations, people, roles, the tenant walls, keys and the audit trail."""
