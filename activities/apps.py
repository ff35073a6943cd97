from django.apps import AppConfig

from common import periodic_tasks


class ActivitiesConfig(AppConfig):
    name = "activities"

    def ready(self) -> None:
        from activities import messages
        from activities.integrations import api_reference

        messages.register_all()
        api_reference.register_all()
        periodic_tasks.register("activities.tasks.lapse_offers", seconds=60)
