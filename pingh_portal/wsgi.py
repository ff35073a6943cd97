"""WSGI application: Django behind the corrections that its requests need before it sees them. Served by `rsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingh_portal.settings.dev")

from pingh_portal.encodings import only_text

application = only_text(get_wsgi_application())

if os.environ["DJANGO_SETTINGS_MODULE"] == "pingh_portal.settings.prod":
    # Behind the proxy every visitor would have its address, and limits by address would hit everybody at once; and
    # every request would come by http and be led to https for ever. From elsewhere neither header is believed, so
    # Django's SECURE_PROXY_SSL_HEADER isn't set.
    from granian.utils.proxies import wrap_wsgi_with_proxy_headers

    application = wrap_wsgi_with_proxy_headers(
        application, trusted_hosts=os.environ.get("PROXY_ADDRESSES", "127.0.0.1")
    )
