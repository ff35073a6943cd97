from django.apps import AppConfig

from common import periodic_tasks


class ActivitiesConfig(AppConfig):
    name = "activities"

    def ready(self) -> None:
        from activities import messages
        from activities.integrations import happenings, navigation, pending_choice

        messages.register_all()
        happenings.register_all()
        navigation.register_all()
        pending_choice.register_all()
        periodic_tasks.register("activities.tasks.lapse_offers", seconds=60)
