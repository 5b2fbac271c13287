"""What a deployment may set, and what is refused."""

import pytest

from dashboard.settings import SettingRefused, Settings


def test_an_empty_environment_gives_the_defaults():
    assert Settings.of({}) == Settings.of({"AMPARO_PORT": "", "AMPARO_HOST": "", "AMPARO_TILES": " "}) == Settings()
    assert Settings().address == "http://127.0.0.1:8050"


def test_every_setting_is_read():
    tiles = "https://tiles.example.org/{z}/{x}/{y}.png"
    settings = Settings.of(
        {
            "AMPARO_HOST": "0.0.0.0",
            "AMPARO_PORT": "9000",
            "AMPARO_WORKERS": "3",
            "AMPARO_THREADS": "4",
            "AMPARO_BODY_LIMIT_KB": "10",
            "AMPARO_TILES": tiles,
            "AMPARO_TILES_ATTRIBUTION": "© someone",
        }
    )
    assert settings == Settings("0.0.0.0", 9000, 3, 4, 10, tiles, "© someone")
    assert settings.address == "http://127.0.0.1:9000"
    assert settings.tiles_origin == "https://tiles.example.org"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AMPARO_PORT", "eighty"),
        ("AMPARO_WORKERS", "0"),
        ("AMPARO_THREADS", "-1"),
        ("AMPARO_TILES", "javascript:alert(1)"),
        ("AMPARO_TILES", "https://a;script-src *"),
        ("AMPARO_TILES", "//tiles"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(name, value):
    with pytest.raises(SettingRefused, match=name):
        Settings.of({name: value})
