from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "common"

    def __init__(self, app_name: str, app_module: Any) -> None:
        """Runs before the models and the `ready` of any app, which may define forms."""
        from common.i18n import default_words

        super().__init__(app_name, app_module)
        default_words.speak()

    def ready(self) -> None:
        from common.append_only import grant_after_migrate

        # Django sends the signal for apps with models only, and we have none: any one that has will do, all tables exist by then.
        post_migrate.connect(
            grant_after_migrate, sender=apps.get_app_config("contenttypes"), dispatch_uid="grant_app_role"
        )
