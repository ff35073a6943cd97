from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self) -> None:
        from pages.integrations import api_reference, navigation

        api_reference.register_all()
        navigation.register_all()
