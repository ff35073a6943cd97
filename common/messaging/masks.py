"""How a number is shown to people, and in logs, that have no need of all of it."""


def mask_phone(phone: str | None) -> str:
    """138****5678, or empty."""
    return f"{phone[:3]}****{phone[-4:]}" if phone else ""
