from django.apps import AppConfig

from common import periodic_tasks


class ActivitiesConfig(AppConfig):
    name = "activities"

    def ready(self) -> None:
        from activities import messages
        from activities.domain import kind_messages
        from activities.integrations import (
            api_reference,
            booking_uses,
            happenings,
            metrics,
            navigation,
            navigation_work,
            pending_choice,
            reminders,
            report_rules,
        )

        messages.register_all()
        kind_messages.register_all()
        api_reference.register_all()
        booking_uses.register_all()
        happenings.register_all()
        metrics.register_all()
        navigation.register_all()
        navigation_work.register_all()
        pending_choice.register_all()
        reminders.register_all()
        report_rules.register_all()
        periodic_tasks.register("activities.tasks.lapse_offers", seconds=60)
        periodic_tasks.register("activities.tasks.sweep_photos", seconds=86_400)
        periodic_tasks.register("activities.tasks.chase_unrecorded", seconds=600)
        periodic_tasks.register("activities.tasks.chase_missing_photos", seconds=3_600)
        periodic_tasks.register("activities.tasks.chase_rectifications", seconds=3_600)
        periodic_tasks.register("activities.tasks.archive_old", seconds=3_600)
