from django.apps import AppConfig

from common import periodic_tasks


class StatsConfig(AppConfig):
    name = "stats"

    def ready(self) -> None:
        from stats import messages
        from stats.domain import figure_rules
        from stats.integrations import api_reference, navigation, navigation_about, navigation_work

        api_reference.register_all()
        figure_rules.register_all()
        messages.register_all()
        navigation.register_all()
        navigation_about.register_all()
        navigation_work.register_all()
        periodic_tasks.register("stats.tasks.close_running", seconds=300)
        periodic_tasks.register("stats.tasks.close_all", seconds=86_400)
        periodic_tasks.register("stats.tasks.keep_reports", seconds=600)
        periodic_tasks.register("stats.tasks.find_late_changes", seconds=600)
