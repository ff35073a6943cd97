"""English names of organisations, spelled out from Chinese ones."""

import pytest

from organizations.values.english_names import english_name


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("水洞埭社区党总支", "Shuidongdai Community General Party Branch"),
        ("水洞埭社区第一党支部", "Shuidongdai Community No. 1 Party Branch"),
        ("当湖街道第12党支部", "Danghu Subdistrict No. 12 Party Branch"),
        ("当湖街道党工委", "Danghu Subdistrict Party Working Committee"),
        ("演示村工会", "Yanshi Village Trade Union"),
        ("第一党支部", "No. 1 Party Branch"),
        ("党委", "Party Committee"),
        ("演示合作社", "Yanshihezuoshe"),
        ("演示𠮷", ""),
    ],
)
def test_place_number_and_kind(name: str, english: str) -> None:
    assert english_name(name) == english
