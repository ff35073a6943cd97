"""Chinese words in letters, as people type them who search."""


def letters(words: str) -> str:
    """党员教育管理 → "dangyuanjiaoyuguanli dyjygl": whole syllables without tones, and the first letter of each.

    Takes 0.2 s the first time, while the dictionary is read: for saving a title, never for showing one.
    """
    from pypinyin import Style, lazy_pinyin  # 3 MB of dictionary, which those who only read never need

    whole, first = lazy_pinyin(words), lazy_pinyin(words, style=Style.FIRST_LETTER)
    # The library writes ü as v, which is how it is typed.
    return f"{''.join(whole)} {''.join(first)}".lower()
