from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"

    def ready(self) -> None:
        from bookings import clashes, kept, messages

        messages.register_all()
        kept.register_all()
        clashes.register_all()
