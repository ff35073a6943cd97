from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        from common.append_only import grant_after_migrate

        post_migrate.connect(grant_after_migrate, sender=self, dispatch_uid="grant_app_role")
