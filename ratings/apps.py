from django.apps import AppConfig

from common import periodic_tasks


class RatingsConfig(AppConfig):
    name = "ratings"

    def ready(self) -> None:
        from ratings import messages
        from ratings.integrations import activity_extras, api_reference, booking_uses, metrics, navigation_work

        messages.register_all()
        activity_extras.register_all()
        api_reference.register_all()
        booking_uses.register_all()
        metrics.register_all()
        navigation_work.register_all()
        periodic_tasks.register("ratings.tasks.ask_for_ratings", seconds=600)
        periodic_tasks.register("ratings.tasks.report_overdue", seconds=600)
        periodic_tasks.register("ratings.tasks.forget_numbers", seconds=86_400)
