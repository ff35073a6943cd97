from django.apps import AppConfig


class CentersConfig(AppConfig):
    name = "centers"

    def ready(self) -> None:
        from centers.integrations import api_reference, navigation

        navigation.register_all()
        api_reference.register_all()
