"""Organisations, where they stand by date, and their liaisons.

An organisation and its dates are public; what identifies a person is in `Liaison` alone.
"""

from organizations.models.organizations import Liaison, Organization, OrganizationCenter

__all__ = ["Liaison", "Organization", "OrganizationCenter"]
