"""Names of minors as a ledger tells them: the surname with 某, so that nobody else learns who was there."""

SOMEBODY = "某"
# Surnames of two characters that are met today.
COMPOUND = {
    *("欧阳", "上官", "司马", "东方", "独孤", "南宫", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "皇甫", "濮阳", "申屠"),
    *("公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "司空", "令狐", "淳于", "呼延", "百里", "轩辕", "端木"),
}


def veiled(name: str) -> str:
    """张某 for 张小明, 欧阳某 for 欧阳小明."""
    surname = name[:2] if name[:2] in COMPOUND else name[:1]
    return f"{surname}{SOMEBODY}"
