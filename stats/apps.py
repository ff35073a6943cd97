from django.apps import AppConfig

from common import periodic_tasks


class StatsConfig(AppConfig):
    name = "stats"

    def ready(self) -> None:
        from stats.integrations import api_reference, navigation, navigation_about

        api_reference.register_all()
        navigation.register_all()
        navigation_about.register_all()
        periodic_tasks.register("stats.tasks.close_running", seconds=300)
        periodic_tasks.register("stats.tasks.close_all", seconds=86_400)
