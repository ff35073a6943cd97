from django.apps import AppConfig

from common import periodic_tasks


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications.integrations import navigation

        navigation.register_all()
        periodic_tasks.register("notifications.tasks.send_reminders", seconds=300)
        periodic_tasks.register("notifications.tasks.sweep_outbox", seconds=5)
