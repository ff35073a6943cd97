"""Display names of centers, derived from the register's committee names (see the register's provenance note)."""

CENTER, CENTER_EN = "党群服务中心", "Party-Mass Service Center"
COMMITTEES = ("居民委员会", "村民委员会", "居委会", "村委会")


def display_name(official_name: str) -> str:
    """水洞埭社区居委会 → 水洞埭社区党群服务中心; a name that already ends so stays."""
    if official_name.endswith(CENTER):
        return official_name
    for committee in COMMITTEES:
        official_name = official_name.removesuffix(committee)
    return official_name + CENTER


def short_name(name: str) -> str:
    """Short name of a center: its place without 党群服务中心."""
    return name.removesuffix(CENTER) or name


def short_name_en(name: str) -> str:
    """Short name from an English name: Shuidongdai Community."""
    return name.removesuffix(CENTER_EN).strip() or name
