from django.apps import AppConfig

from common import periodic_tasks


class ActivitiesConfig(AppConfig):
    name = "activities"

    def ready(self) -> None:
        from activities import messages

        messages.register_all()
        periodic_tasks.register("activities.tasks.lapse_offers", seconds=60)
        periodic_tasks.register("activities.tasks.sweep_photos", seconds=86_400)
