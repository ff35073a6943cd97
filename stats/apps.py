from django.apps import AppConfig

from common import periodic_tasks


class StatsConfig(AppConfig):
    name = "stats"

    def ready(self) -> None:
        from stats.integrations import navigation

        navigation.register_all()
        periodic_tasks.register("stats.tasks.close_running", seconds=300)
        periodic_tasks.register("stats.tasks.close_all", seconds=86_400)
