import os
from tests.browser.places import PLACES
from tests.support.browser import EVERY_MODE, Visitor
from tests.support.cast import ANONYMOUS


def test_shots(browser, portal_server, world):
    os.makedirs("/tmp/led_shots", exist_ok=True)
    zh = [m for m in EVERY_MODE if m.language.startswith("zh")][0]
    for place in PLACES:
        name = str(place)
        if not (name.startswith("ledger:") or "wall_" in name or "desk_group" in name or name == "activities:desk_detail begun"):
            continue
        who = None if place.who == ANONYMOUS else world.cast[place.who]
        for width in (360, 1280):
            v = Visitor(browser, portal_server, zh, who)
            v.page.set_viewport_size({"width": width, "height": 800})
            v.page.goto(portal_server.url + place.path(world))
            if place.then:
                place.then(v)
            v.page.screenshot(path=f"/tmp/led_shots/{name.replace(' ', '_').replace(':', '_')}-{width}.png", full_page=True)
            v.context.close()
