"""Versions of Salur for an administrator to pull: an older one, this checkout, and one that does not work."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDER = "9435faf"  # the newest with the migrations of then, 0015, that could write backups
BROKEN_MIGRATION = '''"""Changes what is there, for a release that then does not work."""

from alembic import op

revision, down_revision, branch_labels, depends_on = "0099", "NEWEST", None, None


def upgrade() -> None:
    op.execute("DELETE FROM entitlement")
    op.execute("CREATE TABLE brought_by_the_broken_one (id int)")
'''


def git(folder: Path, *words: str) -> str:
    """Run git in a folder."""
    who = ["-c", "user.name=Salur", "-c", "user.email=salur@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *who, "-C", str(folder), *words], check=True, capture_output=True, text=True).stdout


def make_repository(folder: Path) -> None:
    """The older version, this checkout, and one that does not work, one after the other on branches of their names."""
    git(folder, "init", "--quiet")

    def commit(branch: str, fill: Callable[[], None]) -> None:
        git(folder, "checkout", "--quiet", "-b", branch)
        for path in folder.iterdir():
            if path.name != ".git":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        fill()
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", branch)

    def older() -> None:
        archive = subprocess.run(["git", "-C", str(ROOT), "archive", OLDER], check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(folder)], input=archive, check=True)
        # That version knew nothing of all this: it is installed as if it had, but for figures and the form of its log.
        shutil.copytree(ROOT / "deploy", folder / "deploy", dirs_exist_ok=True)
        (folder / "deploy" / "systemd" / "salur-metrics.service").unlink()
        site = folder / "deploy" / "systemd" / "salur-site.service"
        site.write_text(re.sub(r" --log-config=\S+", "", site.read_text()))
        shutil.copy(ROOT / "docs" / "deploy.md", folder / "docs")

    def new() -> None:
        for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
            if name and (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    def broken() -> None:
        new()
        versions = folder / "migrations" / "versions"
        newest = max(path.name for path in versions.glob("[0-9]*.py"))[:4]
        (versions / "0099_broken.py").write_text(BROKEN_MIGRATION.replace("NEWEST", newest))
        with (folder / "salur" / "web" / "lookup" / "pages.py").open("a") as pages:
            pages.write("\nraise RuntimeError\n")

    for branch, fill in (("older", older), ("new", new), ("broken", broken)):
        commit(branch, fill)
