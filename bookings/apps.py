from django.apps import AppConfig

from common import periodic_tasks


class BookingsConfig(AppConfig):
    name = "bookings"

    def ready(self) -> None:
        from bookings import messages
        from bookings.integrations import api_reference, conflicts, metrics, navigation, pending_choice, reminders

        messages.register_all()
        pending_choice.register_all()
        conflicts.register_all()
        metrics.register_all()
        navigation.register_all()
        api_reference.register_all()
        reminders.register_all()
        periodic_tasks.register("bookings.tasks.expire_undecided", seconds=60)
