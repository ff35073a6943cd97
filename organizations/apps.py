from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"

    def ready(self) -> None:
        from organizations.integrations import api_reference, navigation

        navigation.register_all()
        api_reference.register_all()
