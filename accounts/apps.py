from django.apps import AppConfig

from common import periodic_tasks


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.integrations import api_reference, navigation, switches

        periodic_tasks.register("accounts.tasks.sweep_accounts", seconds=24 * 3600)
        navigation.register_all()
        api_reference.register_all()
        switches.register_all()
