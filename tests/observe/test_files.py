"""What an office hands to Prometheus and Grafana is right, and asks only for what Salur tells."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from tests.fixtures.missing import needs
from tests.observe.conftest import FILES, ROOT


@pytest.fixture(scope="session")
def promtool() -> str:
    """Prometheus's own program that reads its files; skips without."""
    return needs("promtool", "SALUR_TEST_PROMTOOL")


@pytest.mark.parametrize(
    "words", ["check rules alerts.yml", "check config prometheus.yml", "test rules alerts_test.yml"]
)
def test_prometheus_takes_them_and_alarms_when_it_should(promtool: str, words: str) -> None:
    done = subprocess.run([promtool, *words.split()], cwd=FILES, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_alert_is_tried_and_explained() -> None:
    alerts = re.findall(r"alert: (\w+)", (FILES / "alerts.yml").read_text())
    assert len(alerts) == len(set(alerts))
    tried = (FILES / "alerts_test.yml").read_text()
    explained = (ROOT / "docs" / "observing.md").read_text()
    for alert in alerts:
        assert re.search(rf"alertname: {alert}\n +exp_alerts:\n", tried), f"{alert} is never seen to fire"
        assert re.search(rf"alertname: {alert}, exp_alerts: \[\]", tried), f"{alert} is never seen to be still"
        assert f"`{alert}`" in explained
    assert set(re.findall(r"`(Salur\w+)`", explained)) == set(alerts)


def test_the_dashboard_is_one_that_grafana_reads() -> None:
    board = json.loads((FILES / "grafana.json").read_text())
    panels = board["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert all(target["expr"] for panel in panels for target in panel["targets"])
    assert {panel["datasource"]["uid"] for panel in panels} == {"${source}"}
    assert [variable["type"] for variable in board["templating"]["list"]] == ["datasource", "query"]
