from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        from catalog.integrations import api_reference, navigation

        navigation.register_all()
        api_reference.register_all()
