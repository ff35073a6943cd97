from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"

    def ready(self) -> None:
        from bookings import messages
        from bookings.integrations import conflicts, pending_choice

        messages.register_all()
        pending_choice.register_all()
        conflicts.register_all()
