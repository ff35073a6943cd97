from django.apps import AppConfig

from common import periodic_tasks


class ImportsConfig(AppConfig):
    name = "imports"

    def ready(self) -> None:
        from imports.integrations import activity_extras, navigation

        activity_extras.register_all()
        navigation.register_all()
        periodic_tasks.register("imports.tasks.resume_imports", seconds=30)
        periodic_tasks.register("imports.tasks.sweep_files", seconds=86_400)
