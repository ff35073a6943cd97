from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "common"

    def __init__(self, app_name: str, app_module: Any) -> None:
        """Install the default words before the models and the `ready` of any app, which may define forms."""
        from common.i18n import default_words

        super().__init__(app_name, app_module)
        default_words.install()

    def ready(self) -> None:
        from common import periodic_tasks
        from common.append_only import grant_after_migrate

        periodic_tasks.register("common.tasks.sweep_idempotent_requests", seconds=3600)

        # Once, after the migrations of all apps: contenttypes stands among the last of the installed ones, and has
        # models.
        post_migrate.connect(
            grant_after_migrate, sender=apps.get_app_config("contenttypes"), dispatch_uid="grant_app_role"
        )
