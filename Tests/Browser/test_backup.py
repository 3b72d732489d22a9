"""A backup made while teachers answer, put back on a clean folder, shows the same pages (O1, O2)."""

import json
import subprocess
import threading

from program import Program, send
from service import ROOT, Service


def command(service: Service, *arguments: str) -> subprocess.CompletedProcess:
    """Runs the command beside the service."""
    return subprocess.run(
        [str(service.binary), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "en_GB.UTF-8", "PATH": "/usr/bin:/bin"},
    )


def test_a_restored_backup_gives_the_same_result_and_plan(own_service, binary, tmp_path):
    """Finished before the backup: the same result to the last byte; answers go on meanwhile."""
    service = own_service
    finished = Program(service.address).finish()
    result = finished.call("GET", "/result")
    assert result.status == 200
    busy, is_over = Program(service.address), threading.Event()

    def go_on() -> None:
        item = busy.stage["items"][0]
        for _ in range(200):
            if is_over.is_set():
                return
            assert busy.put(item["id"], None).status in (200, 429)

    answering = threading.Thread(target=go_on)
    answering.start()
    file = tmp_path / "backup.sqlite"
    made = command(service, "backup", "--to", str(file), "--data", str(service.folder / "data"))
    is_over.set()
    answering.join()
    assert made.returncode == 0, made.stderr
    report = json.loads(made.stdout)
    assert report["database"]["integrity"] == ["ok"]
    assert report["codeKeyIncluded"] is False
    well = command(service, "doctor", "--json", "--data", str(service.folder / "data"))
    assert well.returncode == 0, well.stdout
    service.stop()

    other = Service(binary, tmp_path / "other")
    back = command(service, "restore", str(file), "--data", str(other.folder / "data"))
    assert back.returncode == 0, back.stderr
    other.start()
    try:
        again = send(
            "GET",
            f"{other.address}/api/v1/sessions/{finished.id}/result",
            headers={"Authorization": f"Bearer {finished.token}"},
        )
        assert again.status == 200
        assert again.body == result.body
    finally:
        other.stop()
    assert not other.faults()
