"""Masked phone numbers, for people and logs that don't need the whole number."""


def mask_phone(phone: str | None) -> str:
    """Phone number masked as 138****5678, or empty."""
    return f"{phone[:3]}****{phone[-4:]}" if phone else ""
