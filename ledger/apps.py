from django.apps import AppConfig

from common import periodic_tasks


class LedgerConfig(AppConfig):
    name = "ledger"

    def ready(self) -> None:
        from ledger.integrations import activity_extras, navigation

        activity_extras.register_all()
        navigation.register_all()
        periodic_tasks.register("ledger.tasks.make_exports", seconds=10)
        periodic_tasks.register("ledger.tasks.sweep_exports", seconds=3_600)
