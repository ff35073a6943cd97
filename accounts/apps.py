from django.apps import AppConfig

from common import periodic_tasks


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        periodic_tasks.register("accounts.tasks.sweep_accounts", seconds=24 * 3600)
